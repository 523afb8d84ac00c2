package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A date in any of HTTP's forms is read as what was written, and a spoilt one does no harm. */
class HttpDateFuzz {

  private static final DateTimeFormatter RFC_850 = form("EEEE, dd-MMM-uu HH:mm:ss 'GMT'");

  private static final List<DateTimeFormatter> FORMS =
      List.of(form("EEE, dd MMM uuuu HH:mm:ss 'GMT'"), RFC_850, form("EEE MMM ppd HH:mm:ss uuuu"));

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  private static OffsetDateTime moment(FuzzedDataProvider data) {
    long first = OffsetDateTime.of(1000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();
    long last = OffsetDateTime.of(9000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();
    return Instant.ofEpochSecond(data.consumeLong(first, last)).atOffset(ZoneOffset.UTC);
  }

  @FuzzTest
  void isReadAsItWasWritten(FuzzedDataProvider data) {
    OffsetDateTime now = moment(data);
    OffsetDateTime date = moment(data);
    DateTimeFormatter form = data.pickValue(FORMS);
    String field = form.format(date);
    assertThat(HttpDate.parse(field, now.toInstant()))
        .isEqualTo(
            (form.equals(RFC_850) ? within50Years(date, now) : Optional.of(date))
                .map(OffsetDateTime::toInstant));
    char[] spoilt = field.toCharArray();
    spoilt[data.consumeInt(0, spoilt.length - 1)] = data.consumeChar();
    HttpDate.parse(new String(spoilt), now.toInstant())
        .ifPresent(moment -> assertThat(moment).isNotNull());
  }

  /** In the latest year with the same last two digits that puts it at most 50 years ahead. */
  private static Optional<OffsetDateTime> within50Years(OffsetDateTime date, OffsetDateTime now) {
    return IntStream.rangeClosed(-50, 50)
        .mapToObj(ago -> date.withYear(now.getYear() - ago))
        .filter(meant -> (meant.getYear() - date.getYear()) % 100 == 0)
        .filter(meant -> !meant.isAfter(now.plusYears(50)))
        .findFirst()
        .filter(meant -> meant.getDayOfMonth() == date.getDayOfMonth()); // 29 February
  }
}
