package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTextTest {

  /** The labels are a contract: scripts read them in results.csv. */
  @Test
  void theLabelsOfTheClassesNeverChange() {
    assertThat(Arrays.stream(Failure.Kind.values()).map(Failure.Kind::label))
        .containsExactly(
            "dns",
            "connect",
            "tls",
            "timeout",
            "reset",
            "http",
            "truncated",
            "range",
            "changed",
            "checksum",
            "disk",
            "name",
            "exists",
            "cancelled");
  }

  @ParameterizedTest
  @EnumSource(Failure.Kind.class)
  void everyClassHasItsNextStep(Failure.Kind kind) {
    assertThat(FailureText.nextStep(kind.label()))
        .isEqualTo(FailureText.nextStep(kind))
        .isNotBlank();
  }

  @Test
  void textIsClassAndCauseWithoutSecrets() {
    Failure failure = new Failure.Connect("refused by " + Samples.SECRET_URL + "\u001b[2J");
    assertThat(failure.shown())
        .isEqualTo("connect: refused by https://host.example/a.bin?token=***&part=1\\u001b[2J");
  }
}
