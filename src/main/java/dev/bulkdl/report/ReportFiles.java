package dev.bulkdl.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates and publishes the files that the reports keep in {@code .bulkdl/}. */
public final class ReportFiles {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ReportFiles() {}

  /** A new file in the place of an old one; a link that lies there is removed and not followed. */
  public static OutputStream create(Path file) throws IOException {
    return create(file, new FileAttribute<?>[0]);
  }

  /** The same, and nobody but the owner may read it where the file system knows of owners. */
  static OutputStream createPrivate(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return create(file, posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
  }

  /** The name under which a file is written before it is {@linkplain #publish published}. */
  public static Path draftOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /**
   * Puts the draft in the place of the file in one step: a reader sees either the old or the new
   * one.
   */
  public static void publish(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static OutputStream create(Path file, FileAttribute<?>[] attributes) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, attributes);
    return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
  }
}
