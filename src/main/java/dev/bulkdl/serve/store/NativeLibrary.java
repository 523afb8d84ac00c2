package dev.bulkdl.serve.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where SQLite's native library is unpacked to. The system's temporary folder may forbid to run
 * code from it, so it is the state folder.
 */
final class NativeLibrary {

  private static final String FOLDER = "org.sqlite.tmpdir";
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private NativeLibrary() {}

  /** Has effect before the library is loaded first. Removes what killed processes have left. */
  static void unpackTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (System.getProperty(FOLDER) == null) {
      System.setProperty(FOLDER, folder.toString());
    }
    List<Path> left;
    try (Stream<Path> all = Files.list(folder)) {
      left = all.filter(file -> file.getFileName().toString().startsWith("sqlite-")).toList();
    }
    Instant old = Instant.now().minus(YOUNG);
    for (Path file : left) {
      try {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        // Another process uses it.
      }
    }
  }
}
