package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Controls the disk space that is allocated for a file, which can be more than its size. The calls
 * do nothing if the {@link Libc system} or the file system does not support them. Thread-safe.
 */
final class DiskAllocation {

  private static final int STATX_BYTES = 256;
  private static final int STX_BLOCKS_AT = 48;
  private static final int STX_BLOCK_BYTES = 512;

  private DiskAllocation() {}

  /**
   * Allocates space for the first {@code length} bytes of a file (fallocate). Nobody must write the
   * file meanwhile. Its size does not change.
   *
   * @return false if the space cannot be allocated; then no space is kept
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
    // only a part was allocated, or the call changed the file's size
    libc.truncate(Libc.path(file), size);
    return false;
  }

  /**
   * Allocates {@code length} bytes more from offset {@code from}.
   *
   * @return false if the space cannot be allocated
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

  /** Releases the space behind the file's size, if the file still exists. */
  static void giveBack(Path file) throws IOException {
    Libc libc = Libc.of(file).orElse(null);
    Optional<BasicFileAttributes> found = FileQueries.file(file);
    if (libc != null && found.isPresent()) {
      libc.truncate(Libc.path(file), found.get().size());
    }
  }

  /**
   * Returns the bytes that are allocated for an existing file; its size if that is larger or the
   * allocation is unknown.
   */
  static long allocated(Path file) throws IOException {
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
