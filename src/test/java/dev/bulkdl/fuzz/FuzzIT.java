package dev.bulkdl.fuzz;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs Jazzer on {@code *Fuzz} classes. Jazzer searches for inputs that break their assertions.
 * Each class runs for {@code fuzz.seconds} in its own JVM and starts with its seeds in {@code
 * src/test/resources}. {@code fuzz.target} selects one class, such as {@code Manifest}, or {@code
 * all}. By default one runs for a second: a start takes ten seconds of a processor. {@code
 * FuzzSeedsTest} has all of them, and {@code scripts/fuzz} runs all.
 *
 * <p>Findings and the corpus are kept in {@code target/fuzz/} and used by the next run. Add an
 * input that broke an assertion to the seeds: {@code mvn test -Dtest=ManifestFuzz} runs only the
 * seeds.
 */
class FuzzIT {

  private static final String SECONDS = System.getProperty("fuzz.seconds", "1");
  private static final String TARGET = System.getProperty("fuzz.target", "RetryAfter");

  static List<String> targets() throws IOException {
    return FuzzTargets.endingIn(TARGET.equals("all") ? "Fuzz" : "/" + TARGET + "Fuzz");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingBreaks(String target) throws IOException, InterruptedException {
    Path folder = Path.of("target", "fuzz", target.substring(target.lastIndexOf('.') + 1));
    Files.createDirectories(folder);
    Path log = folder.resolve("log").toAbsolutePath();
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "-max_total_time=" + SECONDS)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor()).as(() -> target + ": " + finding(log)).isZero();
    } finally {
      jazzer.destroyForcibly();
    }
    assertThat(Files.readString(log)).containsPattern("Done [1-9][0-9]* runs");
  }

  /** Returns the finding at the end of the log, with the input in Base64. */
  private static String finding(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      String found = lines.dropWhile(line -> !line.startsWith("==")).collect(joining("\n"));
      return log + "\n" + found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
