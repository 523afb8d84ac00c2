package dev.bulkdl.disk;

import dev.bulkdl.model.TargetName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether a folder takes names that differ only in letter case for one. The folder itself
 * is asked: it may be where another file system is mounted, and some file systems decide it for
 * each folder.
 */
public final class LetterCase {

  private static final String PROBE = ".bulkdl-case";

  /** File systems that ignore letter case, by the names that they have where they are mounted. */
  private static final Set<String> IGNORING =
      Set.of("vfat", "msdos", "exfat", "fat32", "hfs", "hfsplus", "cifs", "smb3", "smbfs");

  private LetterCase() {}

  /**
   * Asks the folder, or the nearest one above that exists.
   *
   * @param mayWrite whether an empty folder may be asked by a file that is deleted at once
   */
  public static boolean isIgnored(Path folder, boolean mayWrite) {
    Path at = folder.toAbsolutePath().normalize();
    while (!Files.isDirectory(at) && at.getParent() != null) {
      at = at.getParent();
    }
    try {
      Path asked = at;
      return byNames(asked)
          .or(() -> mayWrite ? byProbe(asked) : Optional.empty())
          .orElseGet(() -> byPlace(asked));
    } catch (IOException | DirectoryIteratorException e) {
      return byPlace(at);
    }
  }

  /** Empty where no name in the folder has a letter. */
  private static Optional<Boolean> byNames(Path folder) throws IOException {
    Path own = folder.resolve(TargetName.OWN_FOLDER);
    if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(Files.exists(swapped(own), LinkOption.NOFOLLOW_LINKS));
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path name : names) {
        Path other = swapped(name);
        if (!other.equals(name) && !isListed(folder, other)) {
          return Optional.of(Files.exists(other, LinkOption.NOFOLLOW_LINKS));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the other name has a file of its own; only then is the folder read once more. */
  private static boolean isListed(Path folder, Path other) throws IOException {
    if (!Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      for (Path name : names) {
        if (name.getFileName().equals(other.getFileName())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Empty where nothing can be written. */
  private static Optional<Boolean> byProbe(Path folder) {
    Path probe = folder.resolve(PROBE);
    try {
      Files.newByteChannel(probe, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
      try {
        return Optional.of(Files.exists(swapped(probe), LinkOption.NOFOLLOW_LINKS));
      } finally {
        Files.delete(probe);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What is known of an empty folder without a write: as the folder above it, if that lies on the
   * same file system, else by the kind of file system.
   */
  private static boolean byPlace(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      Path above = folder.getParent();
      if (above == null || !Files.getFileStore(above).equals(store)) {
        return IGNORING.contains(store.type().toLowerCase(Locale.ROOT));
      }
      Path other = swapped(folder);
      return !other.equals(folder) && Files.exists(other) && Files.isSameFile(folder, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** The same name with its ASCII letters in the other case, which every file system knows. */
  private static Path swapped(Path file) {
    StringBuilder name = new StringBuilder(String.valueOf(file.getFileName()));
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        name.setCharAt(i, (char) (c ^ ('a' ^ 'A')));
      }
    }
    return file.resolveSibling(name.toString());
  }
}
