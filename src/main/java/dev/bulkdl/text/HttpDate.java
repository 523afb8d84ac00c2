package dev.bulkdl.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Dates in header fields: the form of today and the two obsolete ones (RFC 9110 §5.6.7). */
public final class HttpDate {

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  /** {@code 06-Nov-94 08:49:37 GMT}, for now in the years from 2000, the first a leap year. */
  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("dd-MMM-uu HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int LATEST_AHEAD = 50;

  private HttpDate() {}

  /**
   * The moment that the text names; empty where it is no date.
   *
   * @param now tells the century of a year of two digits
   */
  public static Optional<Instant> parse(String field, Instant now) {
    String text = field.strip();
    int comma = text.indexOf(',');
    try {
      if (comma < 0) {
        return Optional.of(LocalDateTime.parse(text, ASCTIME).toInstant(ZoneOffset.UTC));
      }
      return Optional.of(
          text.indexOf('-', comma) < 0
              ? OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
              : rfc850(text.substring(comma + 1).strip(), now));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * A date without its day of the week, in the latest century that puts it at most 50 years ahead.
   */
  private static Instant rfc850(String text, Instant now) {
    LocalDateTime date = LocalDateTime.parse(text, RFC_850);
    LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(LATEST_AHEAD);
    int centuries = Math.floorDiv(latest.getYear() - date.getYear(), 100);
    LocalDateTime meant = date.plusYears(100L * centuries);
    if (meant.isAfter(latest)) {
      meant = date.plusYears(100L * (centuries - 1));
    }
    if (meant.getDayOfMonth() != date.getDayOfMonth()) {
      throw new DateTimeException("no leap year");
    }
    return meant.toInstant(ZoneOffset.UTC);
  }
}
