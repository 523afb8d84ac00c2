package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Recognises unfinished files of earlier runs under the final name of another row: for example, a
 * row {@code x.part} meets the partial file of {@code x}. Thread-safe.
 */
final class Leftovers {

  private final PartRegistry ownParts;

  Leftovers(PartRegistry ownParts) {
    this.ownParts = ownParts;
  }

  /** Returns true if this file is a partial file, a journal, or an unfinished copy. */
  boolean contains(Path file) throws IOException {
    String name = lowerCaseName(file);
    if (FilePaths.isNameOfPart(name) || FilePaths.isNameOfCopy(name)) {
      return ownParts.contains(file) || Journal.isJournal(FilePaths.journalOf(file));
    }
    return FilePaths.isNameOfJournal(name) && Journal.isJournal(file);
  }

  /**
   * Call it when a complete file has got this name. Removes an old journal beside it, which would
   * mark the file as unfinished.
   */
  void removeStaleJournal(Path file) throws IOException {
    if (!FilePaths.isNameOfPart(lowerCaseName(file))) {
      return;
    }
    ownParts.remove(file);
    Path journal = FilePaths.journalOf(file);
    if (Journal.isJournal(journal)) {
      Files.deleteIfExists(journal);
    }
  }

  /**
   * If the file system ignores letter case, the suffixes of partial files can be in upper case too.
   */
  private static String lowerCaseName(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString().toLowerCase(Locale.ROOT);
  }
}
