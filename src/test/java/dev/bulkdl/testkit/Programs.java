package dev.bulkdl.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that some tests need and that are not part of a JDK. */
public final class Programs {
  private Programs() {}

  /** On the PATH, or where only root's PATH looks. */
  public static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Why it cannot be had, in one line; empty if it is there. */
  public static Optional<String> missing(String name) {
    return find(name).isPresent()
        ? Optional.empty()
        : Optional.of("there is no " + name + "; scripts/install-test-tools gets it");
  }

  /** Skips the calling test, or test class, unless all are there; one line says so. */
  public static void orSkip(String whatIsSkipped, String... names) {
    for (String name : names) {
      missing(name).ifPresent(reason -> Skip.because(whatIsSkipped + ": " + reason));
    }
  }

  /** Skips the calling test, or test class, unless it can run here; one line says so. */
  public static void skipUnless(boolean possible, String whatIsSkippedAndWhy) {
    if (!possible) {
      Skip.because(whatIsSkippedAndWhy);
    }
  }
}
