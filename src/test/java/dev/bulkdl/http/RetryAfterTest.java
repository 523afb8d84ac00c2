package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "1, PT1S",
    "' 120 ', PT2M",
    "00000080, PT1M20S",
    "86400, PT24H",
    "86401, PT24H",
    "999999, PT24H",
    "9999999, PT24H",
    "99999999999999999999999999, PT24H",
  })
  void readsSecondsUpToADay(String field, Duration wait) {
    assertThat(RetryAfter.parse(field, NOON)).contains(wait);
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 01 Jun 2025 12:00:30 GMT', PT30S",
    "'Sun, 1 Jun 2025 12:00:30 GMT', PT30S",
    "'Sun, 01 Jun 2025 12:00:00 GMT', PT0S",
    "'Sun, 01 Jun 2025 11:00:00 GMT', PT0S",
    "'Thu, 01 Jan 1970 00:00:00 GMT', PT0S",
    "'Tue, 01 Jul 2025 12:00:00 GMT', PT24H",
    "'Fri, 31 Dec 9999 23:59:59 GMT', PT24H",
    "'Sunday, 01-Jun-25 12:00:30 GMT', PT30S",
    "'Sun Jun  1 12:00:30 2025', PT30S",
  })
  void readsADateAsTheTimeUntilIt(String field, Duration wait) {
    assertThat(RetryAfter.parse(field, NOON)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "1.5",
        "+5",
        "soon",
        "1s",
        "٣",
        "Mon, 01 Jun 2025 12:00:30 GMT",
        "2025-06-01",
        "0x10"
      })
  void refusesOtherText(String field) {
    assertThat(RetryAfter.parse(field, NOON)).isEmpty();
  }
}
