package dev.bulkdl.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file for appending, with rotation by size. Before a write that would exceed the limit, the file
 * is renamed to {@code NAME.1}, which replaces an earlier one, and a new file is created. A write
 * is never split: one that is larger than the limit gets its own file. Not thread-safe.
 *
 * <p>The target of a user's own symbolic link, a pipe and a device are never rotated, because
 * others use them by name.
 */
final class RollingFile extends OutputStream {

  /** The limit of a file that is never rotated. */
  static final long UNLIMITED = 0;

  private final Path file;
  private final long limit;
  private final OpenOption[] options;
  private OutputStream out;
  private long size;

  private RollingFile(Path file, long limit, OpenOption... options) throws IOException {
    this.file = file;
    this.options = options;
    this.out = open();
    boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    this.limit = regular ? limit : UNLIMITED;
    this.size = regular ? Files.size(file) : 0;
  }

  /** Opens or creates the file. A symbolic link with this name is followed. */
  static RollingFile open(Path file, long limit) throws IOException {
    return new RollingFile(file, limit, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Opens or creates the file. Fails if the name is a symbolic link. */
  static RollingFile openOwn(Path file, long limit) throws IOException {
    return new RollingFile(
        file,
        limit,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** The name of the rotated file. */
  static Path asideOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (limit != UNLIMITED && size > 0 && size + count > limit) {
      rotate();
    }
    out.write(bytes, offset, count);
    size += count;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /**
   * Rotates the file. If the other name is a symbolic link, the rename replaces the link and does
   * not follow it.
   */
  private void rotate() throws IOException {
    out.close();
    Files.move(file, asideOf(file), StandardCopyOption.ATOMIC_MOVE);
    out = open();
    size = 0;
  }

  private OutputStream open() throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file, options));
  }
}
