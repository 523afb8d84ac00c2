package dev.bulkdl.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
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
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String DAYS = "MonTueWedThuFriSatSun";

  private HttpDate() {}

  /**
   * The moment that the text names; empty where it is no date.
   *
   * @param now tells the century of a year of two digits
   */
  public static Optional<Instant> parse(String field, Instant now) {
    String text = field.strip();
    Optional<Instant> usual = usual(text);
    if (usual.isPresent()) {
      return usual;
    }
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
   * Reads {@code Sun, 06 Nov 1994 08:49:37 GMT}, which nearly every server sends, without a
   * formatter: every file's date passes here. Returns empty for anything else; a wrong day of the
   * week is left to the formatter, which refuses it.
   */
  private static Optional<Instant> usual(String text) {
    if (text.length() != 29 || !text.startsWith(" GMT", 25) || text.charAt(3) != ',') {
      return Optional.empty();
    }
    boolean separated =
        text.charAt(4) == ' '
            && text.charAt(7) == ' '
            && text.charAt(11) == ' '
            && text.charAt(16) == ' '
            && text.charAt(19) == ':'
            && text.charAt(22) == ':';
    int month = MONTHS.indexOf(text.substring(8, 11));
    int day = number(text, 5, 7);
    int year = number(text, 12, 16);
    int hour = number(text, 17, 19);
    int minute = number(text, 20, 22);
    int second = number(text, 23, 25);
    boolean inRange =
        day >= 1
            && day <= 31
            && year >= 1
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60;
    if (!separated
        || month % 3 != 0
        || !inRange
        || day > YearMonth.of(year, month / 3 + 1).lengthOfMonth()) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.of(year, month / 3 + 1, day);
    boolean sameDay =
        DAYS.startsWith(text.substring(0, 3), 3 * (date.getDayOfWeek().getValue() - 1));
    return sameDay
        ? Optional.of(
            Instant.ofEpochSecond(
                date.toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second))
        : Optional.empty();
  }

  /** Returns the number that these digits form; -1 if they are not all digits. */
  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
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
