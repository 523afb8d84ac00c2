package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The device below a folder, as Linux describes it.
 *
 * @param fileSystem the type of the file system, such as {@code ext4}
 * @param name the kernel's name of the whole disk, such as {@code nvme0n1}
 * @param isRotational whether the kernel takes it for a disk with heads
 */
record BlockDevice(String fileSystem, String name, boolean isRotational) {

  /**
   * File systems that write into allocated space with O_DIRECT without a copy. Btrfs copies for its
   * checksums, and a network or memory file system has no device.
   */
  private static final Set<String> SUITABLE = Set.of("ext4", "xfs");

  private static final Path DEVICES = Path.of("/sys/dev/block");

  /**
   * Returns true if large writes with O_DIRECT cost less than the page cache. A hypervisor reports
   * its virtual disks (virtio, Xen) as rotational whatever they are.
   */
  boolean suitsDirect() {
    boolean isVirtual = name.startsWith("vd") || name.startsWith("xvd");
    return SUITABLE.contains(fileSystem) && (isVirtual || !isRotational);
  }

  /** Returns the device of an existing folder; empty if the system does not describe it. */
  static Optional<BlockDevice> of(Path folder) {
    if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
      return Optional.empty();
    }
    try {
      String type = Files.getFileStore(folder).type();
      if (!SUITABLE.contains(type)) {
        return Optional.empty();
      }
      long number = (Long) Files.getAttribute(folder, "unix:dev");
      Path device = DEVICES.resolve(major(number) + ":" + minor(number)).toRealPath();
      Path disk = Files.exists(device.resolve("partition")) ? FilePaths.folderOf(device) : device;
      String rotational = Files.readString(disk.resolve("queue/rotational"));
      return Optional.of(
          new BlockDevice(
              type, String.valueOf(disk.getFileName()), !rotational.strip().equals("0")));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty(); // not Linux, or no device
    }
  }

  /** The split of a device number as the C library does it (gnu_dev_major). */
  static long major(long device) {
    return ((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L);
  }

  static long minor(long device) {
    return (device & 0xff) | ((device >>> 12) & 0xffffff00L);
  }
}
