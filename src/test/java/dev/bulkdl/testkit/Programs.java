package dev.bulkdl.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that some tests need and that are not part of a JDK. */
public final class Programs {
  private Programs() {}

  /** Returns the program from the PATH, or from the folders that only root's PATH has. */
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

  /** Returns the reason why the program is missing, in one line; empty if it is installed. */
  public static Optional<String> missing(String name) {
    return find(name).isPresent()
        ? Optional.empty()
        : Optional.of("there is no " + name + "; scripts/install-test-tools gets it");
  }

  /** Skips the calling test or test class, with one line, unless all programs are installed. */
  public static void orSkip(String whatIsSkipped, String... names) {
    for (String name : names) {
      missing(name).ifPresent(reason -> Skip.because(whatIsSkipped + ": " + reason));
    }
  }

  /** Skips the calling test or test class, with one line, unless it can run here. */
  public static void skipUnless(boolean possible, String whatIsSkippedAndWhy) {
    if (!possible) {
      Skip.because(whatIsSkippedAndWhy);
    }
  }
}
