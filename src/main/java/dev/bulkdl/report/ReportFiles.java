package dev.bulkdl.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

/** Creates and publishes the report files in {@code .bulkdl/}. */
public final class ReportFiles {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ReportFiles() {}

  /**
   * Creates a new file and deletes an old one. A symbolic link with this name is deleted, not
   * followed.
   */
  public static OutputStream create(Path file) throws IOException {
    return create(file, new FileAttribute<?>[0]);
  }

  /** Does the same as {@link #create}. On a POSIX file system only the owner may read the file. */
  static OutputStream createPrivate(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return create(file, posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
  }

  /** The name of the draft, used until the file is {@linkplain #publish published}. */
  public static Path draftOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /**
   * Replaces the file with the draft by an atomic rename. A reader sees either the old or the new
   * file.
   */
  public static void publish(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Returns whether this is a file, not a link, whose first line is this one. */
  static boolean beginsWith(Path file, String line) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] wanted = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Arrays.equals(in.readNBytes(wanted.length), wanted);
    }
  }

  /** Opens a file to write behind its last whole line. */
  static OutputStream append(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      long end = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      while (end > 0 && channel.read(last.clear(), end - 1) == 1 && last.get(0) != '\n') {
        end--;
      }
      channel.truncate(end).position(end);
      return new BufferedOutputStream(Channels.newOutputStream(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static OutputStream create(Path file, FileAttribute<?>[] attributes) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, attributes);
    return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
  }
}
