package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Recognises what a run left unfinished where a row of another list wants its final name: a row
 * {@code x.part} meets the partial file of {@code x}. Thread-safe.
 */
final class Leftovers {

  private final PartRegistry ownParts;

  Leftovers(PartRegistry ownParts) {
    this.ownParts = ownParts;
  }

  /** Whether this file is a partial file, a journal, or a copy on its way. */
  boolean contains(Path file) throws IOException {
    String name = lowerCaseName(file);
    if (FilePaths.isNameOfPart(name) || FilePaths.isNameOfCopy(name)) {
      return ownParts.contains(file) || Journal.isOne(FilePaths.journalOf(file));
    }
    return FilePaths.isNameOfJournal(name) && Journal.isOne(file);
  }

  /** To be called when a complete file has taken this name: a journal beside it would deny that. */
  void replaced(Path file) throws IOException {
    if (!FilePaths.isNameOfPart(lowerCaseName(file))) {
      return;
    }
    ownParts.remove(file);
    Path journal = FilePaths.journalOf(file);
    if (Journal.isOne(journal)) {
      Files.deleteIfExists(journal);
    }
  }

  /** Where the file system ignores letter case, so do the names of partial files. */
  private static String lowerCaseName(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString().toLowerCase(Locale.ROOT);
  }
}
