package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The space that a file has on the device, which may be more than its size. Where the {@link Libc
 * system} or the file system cannot tell or change it, nothing happens. Thread-safe.
 */
final class DiskAllocation {

  private static final int STATX_BYTES = 256;
  private static final int STX_BLOCKS_AT = 48;
  private static final int STX_BLOCK_BYTES = 512;

  private DiskAllocation() {}

  /**
   * Has the file system keep space for the first {@code length} bytes of a file that nobody writes
   * meanwhile. Its size stays.
   *
   * @return false when that cannot be had; then nothing is kept
   */
  static boolean reserve(Path file, long length) throws IOException {
    Libc libc = Libc.of(file).orElse(null);
    if (libc == null) {
      return false;
    }
    long size = Files.size(file);
    boolean reserved = allocate(libc, file, 0, length);
    if (reserved && Files.size(file) == size) {
      return true;
    }
    libc.truncate(Libc.path(file), size); // the space was too little, or the file was made longer
    return false;
  }

  /**
   * Allocates {@code length} bytes more, behind those that are allocated.
   *
   * @return false when that cannot be had
   */
  static boolean extend(Path file, long from, long length) {
    return Libc.of(file).filter(libc -> allocate(libc, file, from, length)).isPresent();
  }

  private static boolean allocate(Libc libc, Path file, long from, long length) {
    int descriptor = libc.open(Libc.path(file), Libc.O_WRONLY);
    if (descriptor < 0) {
      return false;
    }
    try {
      return libc.fallocate(descriptor, Libc.FALLOC_FL_KEEP_SIZE, from, length) == 0;
    } finally {
      libc.close(descriptor);
    }
  }

  /** Gives back what the file, where it is still there, has beyond its size. */
  static void giveBack(Path file) throws IOException {
    Libc libc = Libc.of(file).orElse(null);
    Optional<BasicFileAttributes> found = FileQueries.file(file);
    if (libc != null && found.isPresent()) {
      libc.truncate(Libc.path(file), found.get().size());
    }
  }

  /**
   * The bytes that an existing file takes on the device; its size where that is more or unknown.
   */
  static long taken(Path file) throws IOException {
    long size = Files.size(file);
    Libc libc = Libc.of(file).orElse(null);
    byte[] result = new byte[STATX_BYTES];
    if (libc == null
        || libc.statx(Libc.AT_FDCWD, Libc.path(file), 0, Libc.STATX_BLOCKS, result) != 0) {
      return size;
    }
    ByteBuffer fields = ByteBuffer.wrap(result).order(ByteOrder.nativeOrder());
    return Math.max(size, fields.getLong(STX_BLOCKS_AT) * STX_BLOCK_BYTES);
  }
}
