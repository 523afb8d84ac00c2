package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.cli.JvmOptions.Compilers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM options of a restart. RestartIT runs a real one. */
class JvmOptionsTest {
  private static final ClassArchive KEPT =
      new ClassArchive(Path.of("/x/y.jar"), List.of("-XX:AOTCache=/x/y.aot"));

  private static Optional<List<String>> better(String... words) {
    return JvmOptions.areOpen(List.of(words), List.of("PATH=/bin"))
        ? Optional.of(JvmOptions.better(List.of(words), Compilers.FIRST, Optional.empty()))
        : Optional.empty();
  }

  @Test
  void addsOptionsInFrontOfTheUsersOwn() {
    List<String> words = better("java", "-Xmx256m", "-Da=b", "-jar", "x.jar", "list").orElseThrow();
    assertThat(words).startsWith("java").contains("-XX:+UseSerialGC");
    assertThat(words).endsWith(JvmOptions.MARK, "-Xmx256m", "-Da=b", "-jar", "x.jar", "list");
  }

  @Test
  void hasBothCompilersWhereTheyPay() {
    List<String> words = List.of("java", "-jar", "x.jar");
    String first = "-XX:TieredStopAtLevel=1";
    assertThat(better("java", "-jar", "x.jar").orElseThrow()).contains(first);
    assertThat(JvmOptions.better(words, Compilers.BOTH, Optional.empty()))
        .contains("-XX:+UseSerialGC")
        .doesNotContain(first);
  }

  /** The JVM knows the classes by the whole path of the jar; the user wrote another. */
  @Test
  void usesTheKeptClassesAndSilencesTheJvmAboutThoseThatDoNotFit() {
    List<String> words =
        JvmOptions.better(
            List.of("java", "-jar", "y.jar", "y.jar"), Compilers.FIRST, Optional.of(KEPT));
    assertThat(words).contains("-XX:AOTCache=/x/y.aot", "-Xlog:disable", "-Xlog:aot*=off:stderr");
    assertThat(words).contains("-Dbulkdl.jarAsGiven=y.jar").endsWith("-jar", "/x/y.jar", "y.jar");
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
    List<String> words = List.of("java", "-jar", "x.jar");
    assertThat(JvmOptions.areOpen(words, List.of("PATH=/bin"))).isTrue();
    assertThat(JvmOptions.areOpen(words, List.of(variable))).isFalse();
  }

  @Test
  void needsAJar() {
    assertThat(better("java", "-cp", "x.jar", "dev.bulkdl.cli.Main", "-jar")).isEmpty();
    assertThat(better("java")).isEmpty();
    assertThat(better("java", "-jar")).isEmpty();
  }

  @Test
  void whatTheUserHasToTypeAgainIsWithoutOurs() {
    assertThat(JvmOptions.withoutOurs(List.of("-XX:+UseSerialGC", JvmOptions.MARK, "-Xmx1g")))
        .containsExactly("-Xmx1g");
    assertThat(JvmOptions.withoutOurs(List.of("-Xmx1g"))).containsExactly("-Xmx1g");
  }
}
