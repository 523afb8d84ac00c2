package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM options of a restart. LongListIT runs a real one. */
class JvmOptionsTest {
  private static final Path CACHE = Path.of("/x/bulkdl-25.0.3.aot");

  private static Optional<List<String>> better(String... words) {
    return JvmOptions.better(List.of(words), List.of("PATH=/bin"), Optional.empty());
  }

  @Test
  void addsOptionsInFrontOfTheUsersOwn() {
    List<String> words = better("java", "-Xmx256m", "-Da=b", "-jar", "x.jar", "list").orElseThrow();
    assertThat(words).startsWith("java").contains("-XX:+UseSerialGC");
    assertThat(words).endsWith(JvmOptions.MARK, "-Xmx256m", "-Da=b", "-jar", "x.jar", "list");
  }

  @Test
  void usesTheCacheAndSilencesTheJvmAboutOneThatDoesNotFit() {
    List<String> words =
        JvmOptions.better(List.of("java", "-jar", "x.jar"), List.of(), Optional.of(CACHE))
            .orElseThrow();
    assertThat(words).contains("-XX:AOTCache=" + CACHE, "-Xlog:disable", "-Xlog:aot*=off:stderr");
    assertThat(better("java", "-jar", "x.jar").orElseThrow()).noneMatch(w -> w.startsWith("-Xlog"));
  }

  @Test
  void restartsOnce() {
    List<String> first = better("java", "-jar", "x.jar").orElseThrow();
    assertThat(better(first.toArray(String[]::new))).isEmpty();
  }

  /** Two collectors, for example, are an error of the JVM. */
  @ParameterizedTest
  @ValueSource(
      strings = {"-XX:+UseZGC", "-Xint", "@file", "-javaagent:x.jar", "-Xlog:gc", "-agentlib:jdwp"})
  void leavesAJvmWithOptionsOfTheUserAsItIs(String option) {
    assertThat(better("java", option, "-jar", "x.jar", "list")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"JAVA_TOOL_OPTIONS=-Xint", "JDK_JAVA_OPTIONS=x", "_JAVA_OPTIONS="})
  void leavesAJvmWithOptionsInTheEnvironmentAsItIs(String variable) {
    assertThat(
            JvmOptions.better(
                List.of("java", "-jar", "x.jar"), List.of(variable), Optional.empty()))
        .isEmpty();
  }

  @Test
  void needsAJar() {
    assertThat(better("java", "-cp", "x.jar", "dev.bulkdl.cli.Main", "-jar")).isEmpty();
    assertThat(better("java")).isEmpty();
  }

  @Test
  void whatTheUserHasToTypeAgainIsWithoutOurs() {
    assertThat(JvmOptions.withoutOurs(List.of("-XX:+UseSerialGC", JvmOptions.MARK, "-Xmx1g")))
        .containsExactly("-Xmx1g");
    assertThat(JvmOptions.withoutOurs(List.of("-Xmx1g"))).containsExactly("-Xmx1g");
  }
}
