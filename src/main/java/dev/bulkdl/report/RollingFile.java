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
 * A file that is appended to. Before a write would make it longer than a limit it is set aside as
 * {@code NAME.1}, in the place of an earlier one, and begun anew: a write is never torn in two, and
 * one that alone exceeds the limit gets a file of its own. For one thread at a time.
 *
 * <p>What the user's own link leads to, and what is no file but a pipe or a device, is never set
 * aside: others hold it by its name.
 */
final class RollingFile extends OutputStream {

  /** The limit of a file that grows for ever. */
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

  /** Opens or creates the file; a link that has its name is followed. */
  static RollingFile open(Path file, long limit) throws IOException {
    return new RollingFile(file, limit, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** The same, and a link that has its name is an error. */
  static RollingFile openOwn(Path file, long limit) throws IOException {
    return new RollingFile(
        file,
        limit,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** The name under which the full file is kept. */
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
      roll();
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

  /** A rename replaces a link that lies at the other name, and follows none. */
  private void roll() throws IOException {
    out.close();
    Files.move(file, asideOf(file), StandardCopyOption.ATOMIC_MOVE);
    out = open();
    size = 0;
  }

  private OutputStream open() throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file, options));
  }
}
