package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRateTest {

  @ParameterizedTest
  @CsvSource({
    "5, 5, PT1S",
    "5/s, 5, PT1S",
    "24/m, 24, PT1M",
    "24/M, 24, PT1M",
    "5/15s, 5, PT15S",
    "100/h, 100, PT1H",
    "1/d, 1, PT24H"
  })
  void isReadAsCurlDoes(String text, long count, Duration period) {
    assertThat(RequestRate.parse(text)).isEqualTo(new RequestRate(count, period));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "0", "OFF"})
  void canBeSwitchedOff(String text) {
    assertThat(RequestRate.parse(text)).isEqualTo(RequestRate.UNLIMITED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "5/", "5/0s", "5/15", "-1", "1.5", "0/m", "1/9999d", "5/s/s"})
  void othersAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestRate.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageEndingWith("write for example 5, 24/m or 5/15s");
  }
}
