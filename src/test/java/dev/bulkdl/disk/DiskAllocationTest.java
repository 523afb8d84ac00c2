package dev.bulkdl.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bulkdl.testkit.SmallDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DiskAllocationTest {

  private static final long MIB = 1 << 20;

  @TempDir private Path folder;

  private static Path file(Path in) throws IOException {
    return Files.writeString(in.resolve("a \u00f6\u66f8 %41"), "abc");
  }

  @Test
  void reservedSpaceIsAllocatedAndTheSizeStays() throws IOException {
    Path file = file(folder);
    assumeThat(DiskAllocation.reserve(file, 5 * MIB)).as("space beyond a size").isTrue();
    assertThat(file).hasContent("abc");
    assertThat(DiskAllocation.allocated(file)).isBetween(5 * MIB, 6 * MIB);
  }

  @Test
  void giveBackReleasesTheSpaceBehindTheSize() throws IOException {
    Path file = file(folder);
    assumeThat(DiskAllocation.reserve(file, 5 * MIB)).as("space beyond a size").isTrue();
    DiskAllocation.giveBack(file);
    assertThat(file).hasContent("abc");
    assertThat(DiskAllocation.allocated(file)).isBetween(3L, MIB);
    Files.delete(file);
    DiskAllocation.giveBack(file);
    assertThat(file).doesNotExist();
  }

  @Test
  void withoutEnoughSpaceNothingIsAllocated() throws IOException {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 2)) {
      Path file = file(disk.folder());
      assertThat(DiskAllocation.reserve(file, 5 * MIB)).isFalse();
      assertThat(file).hasContent("abc");
      assertThat(DiskAllocation.allocated(file)).isLessThan(MIB);
      assertThat(DiskAllocation.reserve(file, MIB)).isTrue();
    }
  }

  @Test
  void aFileSystemThatCannotReserveIsLeftAlone() throws IOException {
    try (SmallDisk disk = SmallDisk.ofCacheOnly(folder.resolve("disk"))) {
      Path file = file(disk.folder());
      assertThat(DiskAllocation.reserve(file, 5 * MIB)).isFalse();
      assertThat(file).hasContent("abc");
    }
  }

  /**
   * The path belongs to another file system provider; the default one has a different file of that
   * name.
   */
  @Test
  void aFileOfAnotherProviderIsLeftAlone() throws IOException {
    Path file = file(folder);
    Path archive = folder.resolve("a.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path inside = zip.getPath(file.toString());
      Files.createDirectories(inside.getParent());
      Files.writeString(inside, "a");
      assertThat(DiskAllocation.reserve(inside, 5 * MIB)).isFalse();
      DiskAllocation.giveBack(inside);
      assertThat(DiskAllocation.allocated(inside)).isEqualTo(1);
    }
    assertThat(file).hasContent("abc");
    assertThat(DiskAllocation.allocated(file)).isLessThan(MIB);
  }

  /** A file with holes has fewer bytes allocated than its size. */
  @Test
  void aFileWithHolesCountsAtLeastItsSize() throws IOException {
    Path file = file(folder);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 5 * MIB);
    }
    assertThat(DiskAllocation.allocated(file)).isBetween(5 * MIB + 1, 6 * MIB);
  }
}
