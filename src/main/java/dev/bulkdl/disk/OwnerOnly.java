package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only the account of this process can use, where the system knows that. */
public final class OwnerOnly {

  static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private OwnerOnly() {}

  /** Creates a new, empty file. */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes(file, FILE));
  }

  /** Creates a folder. The missing ones above it are as usual; an existing one stays as it is. */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(FilePaths.folderOf(folder.toAbsolutePath()));
      Files.createDirectory(folder, ofFolder(folder));
    }
  }

  static FileAttribute<?>[] ofFolder(Path folder) {
    return attributes(folder, FOLDER);
  }

  static boolean isKnownTo(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isKnownTo(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
