package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {

  private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

  /** The same moment in the three forms of RFC 9110, and what clocks and years do to them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sun, 06 Nov 1994 08:49:37 GMT    | 1994-11-06T08:49:37Z
          Sunday, 06-Nov-94 08:49:37 GMT   | 1994-11-06T08:49:37Z
          Sun Nov  6 08:49:37 1994         | 1994-11-06T08:49:37Z
          Wed Nov 16 08:49:37 1994         | 1994-11-16T08:49:37Z
          Sun, 6 Nov 1994 08:49:37 GMT     | 1994-11-06T08:49:37Z
          Sunday, 01-Jun-25 12:00:00 GMT   | 2025-06-01T12:00:00Z
          Tuesday, 29-Feb-00 00:00:00 GMT  | 2000-02-29T00:00:00Z
          Sunday, 01-Jun-75 12:00:00 GMT   | 2075-06-01T12:00:00Z
          Sunday, 01-Jun-75 12:00:01 GMT   | 1975-06-01T12:00:01Z
          Saturday, 31-Dec-75 00:00:00 GMT | 1975-12-31T00:00:00Z
          Friday, 01-Jan-76 00:00:00 GMT   | 1976-01-01T00:00:00Z
          """)
  void namesAMoment(String field, Instant moment) {
    assertThat(HttpDate.parse(field, NOW)).contains(moment);
    assertThat(HttpDate.parse(" " + field + " ", NOW)).contains(moment);
  }

  /** The century of 29 February is that of any other day, though it may not have one. */
  @ParameterizedTest
  @CsvSource({
    "2049-12-31T23:59:59Z, 2000-02-29T00:00:00Z",
    "2050-01-01T00:00:00Z, 2000-02-29T00:00:00Z",
    "2050-03-01T00:00:00Z,",
    "2149-12-31T23:59:59Z,",
    "2450-03-01T00:00:00Z,",
    "2400-03-01T00:00:00Z, 2400-02-29T00:00:00Z",
  })
  void knowsLeapDaysOfOtherCenturies(Instant now, Instant moment) {
    assertThat(HttpDate.parse("Tuesday, 29-Feb-00 00:00:00 GMT", now))
        .isEqualTo(Optional.ofNullable(moment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "-",
        "yesterday",
        "1994-11-06T08:49:37Z",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 31-Feb-94 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37",
        "Sunday, 06-Nov-94 25:49:37 GMT",
        "Mon Nov  6 08:49:37 1994",
        "Sun Nov 6 08:49:37 94",
        "Sun Nov  6 08:49:37 1994 GMT",
      })
  void isNothingElse(String field) {
    assertThat(HttpDate.parse(field, NOW)).isEmpty();
  }

  /** The fast way and the formatter must agree on every second of every month. */
  @Property(tries = 2000)
  void theUsualFormReadsAsTheFormatterDoes(
      @ForAll @LongRange(min = -30_000_000_000L, max = 200_000_000_000L) long seconds) {
    Instant instant = Instant.ofEpochSecond(seconds);
    String text =
        DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .format(instant.atOffset(ZoneOffset.UTC));
    assertThat(HttpDate.parse(text, Instant.EPOCH)).contains(instant);
    String otherDay = (text.startsWith("Mon") ? "Tue" : "Mon") + text.substring(3);
    assertThat(HttpDate.parse(otherDay, Instant.EPOCH)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 199x 08:49:37 GMT"
      })
  void nothingElseIsADate(String text) {
    assertThat(HttpDate.parse(text, Instant.EPOCH)).isEmpty();
  }
}
