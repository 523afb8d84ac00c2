package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTest {

  static Stream<String> labels() {
    return Arrays.stream(Failure.class.getPermittedSubclasses())
        .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void everyClassHasItsNextStep(String label) {
    assertThat(Causes.nextStep(label)).isNotEqualTo(Causes.nextStep("no such class"));
  }

  @Test
  void textIsClassAndCauseWithoutSecrets() {
    Failure failure = new Failure.Connect("refused by " + Samples.SECRET_URL + "\u001b[2J");
    assertThat(Causes.text(failure))
        .isEqualTo("connect: refused by https://host.example/a.bin?token=***&part=1\\u001b[2J");
  }
}
