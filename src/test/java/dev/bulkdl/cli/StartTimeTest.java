package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTimeTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "22:00, 2026-11-30T21:00:00Z",
    "9:30, 2026-12-01T08:30:00Z",
    "2027-01-31T22:00, 2027-01-31T21:00:00Z",
    "2027-01-31T22:00:30, 2027-01-31T21:00:30Z",
    "2027-01-31T22:00Z, 2027-01-31T22:00:00Z",
    "2027-01-31T22:00-05:00, 2027-02-01T03:00:00Z",
    "2026-03-29T02:30, 2026-03-29T01:00:00Z"
  })
  void aStartIsTheNextTimeOrADate(String text, Instant start) {
    assertThat(StartTime.parse(text, Instant.parse("2026-11-30T12:00:00Z"), BERLIN))
        .isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tomorrow", "24:00", "2027-01-31", "2027-13-01T00:00"})
  void otherStartsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StartTime.parse(text, Instant.EPOCH, BERLIN))
        .withMessage("'" + text + "' is no time; write for example 22:00 or 2027-01-31T22:00");
  }
}
