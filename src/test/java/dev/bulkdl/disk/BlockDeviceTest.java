package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.WriteMode;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockDeviceTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @CsvSource({
    "ext4, nvme0n1, false, true",
    "xfs, sda, false, true",
    "ext4, sda, true, false",
    "ext4, md0, true, false",
    "ext4, vda, true, true",
    "xfs, xvdb, true, true",
    "btrfs, nvme0n1, false, false",
    "tmpfs, vda, false, false",
    "overlay, nvme0n1, false, false"
  })
  void directWritesSuitSolidStateAndVirtualDisks(
      String fileSystem, String name, boolean isRotational, boolean suits) {
    assertThat(new BlockDevice(fileSystem, name, isRotational).suitsDirect()).isEqualTo(suits);
  }

  /** Examples of the C library's gnu_dev_major and gnu_dev_minor. */
  @ParameterizedTest
  @CsvSource({"2049, 8, 1", "65024, 254, 0", "66304, 259, 0", "17592454676753, 4865, 65553"})
  void splitsADeviceNumber(long device, long major, long minor) {
    assertThat(BlockDevice.major(device)).isEqualTo(major);
    assertThat(BlockDevice.minor(device)).isEqualTo(minor);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileSystemInMemoryHasNoDevice() {
    assertThat(BlockDevice.of(Path.of("/proc"))).isEmpty();
    assertThat(BlockDevice.of(Path.of("/does/not/exist"))).isEmpty();
  }

  private static boolean isDirect(WriteMode mode, Path folder, OptionalLong size) {
    DiskSettings settings = DiskSettings.in(folder).with(mode);
    return PartChannels.of(settings, new DiskResources(), folder).opensByName(size);
  }

  @Test
  void theSizeDecidesWhereTheDeviceSuits(@TempDir Path folder) {
    boolean suits = BlockDevice.of(folder).filter(BlockDevice::suitsDirect).isPresent();
    assertThat(isDirect(WriteMode.AUTO, folder, OptionalLong.of(64 * MIB))).isEqualTo(suits);
    assertThat(isDirect(WriteMode.AUTO, folder, OptionalLong.of(64 * MIB - 1))).isFalse();
    assertThat(isDirect(WriteMode.AUTO, folder, OptionalLong.empty())).isFalse();
    assertThat(isDirect(WriteMode.DIRECT, folder, OptionalLong.of(4 * MIB))).isTrue();
    assertThat(isDirect(WriteMode.DIRECT, folder, OptionalLong.of(4 * MIB - 1))).isFalse();
    assertThat(isDirect(WriteMode.DIRECT, folder, OptionalLong.empty())).isTrue();
    assertThat(isDirect(WriteMode.DISK, folder, OptionalLong.of(64 * MIB))).isFalse();
    assertThat(isDirect(WriteMode.DISCARD, folder, OptionalLong.empty())).isFalse();
  }
}
