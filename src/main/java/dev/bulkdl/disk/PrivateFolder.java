package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A folder of this user inside a folder where others can create folders too, such as {@code /tmp}.
 */
final class PrivateFolder {

  private PrivateFolder() {}

  /**
   * Creates the folder, or takes an existing one that belongs to this user. If group or others can
   * write to it, its permissions become those of the owner only.
   *
   * @throws IOException if it is a link, belongs to another user, or cannot be created
   */
  static void make(Path folder) throws IOException {
    Files.createDirectories(FilePaths.folderOf(folder));
    try {
      Files.createDirectory(folder, OwnerOnly.ofFolder(folder));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw unusable(folder, "is not a folder");
      }
      if (OwnerOnly.isKnownTo(folder)) {
        take(folder);
      }
    }
  }

  private static void take(Path folder) throws IOException {
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(self(folder))) {
      throw unusable(folder, "belongs to " + owner.getName());
    }
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      Files.setPosixFilePermissions(folder, OwnerOnly.FOLDER);
    }
  }

  /** Returns the owner of files that this process creates in the folder. */
  private static UserPrincipal self(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "owner-", null);
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.delete(probe);
    }
  }

  private static IOException unusable(Path folder, String why) {
    return new IOException(
        folder + " " + why + "; remove it, or choose another folder with --temp-dir");
  }
}
