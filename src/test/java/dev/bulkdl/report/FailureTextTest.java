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
    assertThat(FailureText.nextStep(kind, 0)).isNotBlank();
    assertThat(FailureText.title(kind, 0)).isEqualTo(kind.label());
  }

  @Test
  void everyStatusHasItsOwnNextStep() {
    assertThat(FailureText.title(Failure.Kind.HTTP, 404)).isEqualTo("404 Not Found");
    assertThat(FailureText.title(Failure.Kind.HTTP, 499)).isEqualTo("499");
    assertThat(FailureText.nextStep(Failure.Kind.HTTP, 404)).contains("correct the URL");
    assertThat(FailureText.nextStep(Failure.Kind.HTTP, 403)).contains("no access");
    assertThat(FailureText.nextStep(Failure.Kind.HTTP, 503)).contains("try later");
    for (int status = 0; status < 700; status++) {
      assertThat(FailureText.nextStep(Failure.Kind.HTTP, status)).isNotBlank();
    }
  }

  @Test
  void textIsClassAndCauseWithoutSecrets() {
    Failure failure = new Failure.Connect("refused by " + Samples.SECRET_URL + "\u001b[2J");
    assertThat(failure.shown())
        .isEqualTo("connect: refused by https://host.example/a.bin?token=***&part=1\\u001b[2J");
  }
}
