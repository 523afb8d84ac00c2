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
 * Finds out whether names that differ only in letter case are the same file in a folder. It tests
 * the folder itself, because another file system can be mounted there, and some file systems have
 * the setting for each folder. Thread-safe.
 */
public final class LetterCase {

  private static final String PROBE = ".bulkdl-case";

  /** Types of file systems that ignore letter case, as the mount table names them. */
  private static final Set<String> IGNORING =
      Set.of("vfat", "msdos", "exfat", "fat32", "hfs", "hfsplus", "cifs", "smb3", "smbfs");

  private LetterCase() {}

  /**
   * Tests the folder, or its nearest existing parent. Returns false if the file system does not
   * answer.
   *
   * @param mayWrite whether an empty folder can be tested with a file, which is deleted at once
   */
  public static boolean isIgnored(Path folder, boolean mayWrite) {
    Path nearest = folder.toAbsolutePath().normalize();
    while (!Files.isDirectory(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    try {
      Path existing = nearest;
      return byNames(existing)
          .or(() -> mayWrite ? byProbe(existing) : Optional.empty())
          .orElseGet(() -> byPlace(existing));
    } catch (IOException | DirectoryIteratorException e) {
      return byPlace(nearest);
    }
  }

  /** Tests with the existing names; empty if no name in the folder contains an ASCII letter. */
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

  /**
   * Returns true if the folder lists the other name itself. The folder is read again only if the
   * other name exists.
   */
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

  /** Tests with a new file; empty if the folder cannot be written. */
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
   * Guesses for an empty folder without writing: from the parent folder if it is on the same file
   * system, else from the type of the file system.
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

  /**
   * Returns the path with the case of the name's ASCII letters swapped. Every case-insensitive file
   * system knows these letters.
   */
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
