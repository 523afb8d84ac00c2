package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaWarningTest {

  private static Optional<String> of(String version, BooleanSupplier hasG1) {
    return JavaWarning.of(Runtime.Version.parse(version), hasG1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "25.0.1", "25.0.2+10-LTS", "25-ea+3"})
  void warnsOfTheFaultAndNamesTheWayOut(String version) {
    assertThat(of(version, () -> true).orElseThrow())
        .startsWith("Java " + version + " with the collector G1")
        .contains("25.0.3", "-XX:+UseSerialGC");
    assertThat(of(version, () -> false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"21.0.5", "24.0.2", "25.0.3+9-LTS", "25.0.4", "26"})
  void otherVersionsAreNotEvenAsked(String version) {
    BooleanSupplier asked =
        () -> {
          throw new AssertionError("loads the management classes for nothing");
        };
    assertThat(of(version, asked)).isEmpty();
  }

  @Test
  void thisJavaIsLookedAt() {
    assertThat(JavaWarning.current()).isNotNull();
  }
}
