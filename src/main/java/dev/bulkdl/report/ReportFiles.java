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

  private static OutputStream create(Path file, FileAttribute<?>[] attributes) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, attributes);
    return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
  }
}
