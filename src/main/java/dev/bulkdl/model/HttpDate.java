package dev.bulkdl.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Dates in header fields: the form of today and the two obsolete ones (RFC 9110 §5.6.7). */
public final class HttpDate {

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  /** A year of two digits is one of this many years, of which the last may lie in the future. */
  private static final int CENTURY = 100;

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
   * {@code 06-Nov-94 08:49:37 GMT}, its day of the week left out. A date that seems to lie more
   * than 50 years ahead is of the century before.
   */
  private static Instant rfc850(String text, Instant now) {
    LocalDateTime present = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    int firstYear = present.getYear() + LATEST_AHEAD - CENTURY + 1;
    DateTimeFormatter form =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    LocalDateTime date = LocalDateTime.parse(text, form);
    boolean tooFar = date.isAfter(present.plusYears(LATEST_AHEAD));
    return (tooFar ? date.minusYears(CENTURY) : date).toInstant(ZoneOffset.UTC);
  }
}
