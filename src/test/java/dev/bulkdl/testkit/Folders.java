package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that tests create and delete. */
public final class Folders {
  private Folders() {}

  /** Waits until the file has at least this length. */
  public static void awaitLength(Path file, long bytes) {
    Polling.await("the length of " + file, () -> file.toFile().length(), now -> now >= bytes);
  }

  public static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
