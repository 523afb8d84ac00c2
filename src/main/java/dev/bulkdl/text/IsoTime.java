package dev.bulkdl.text;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Formats times for the lines of every file. A formatter of the JDK would cost as much as the rest
 * of such a line. Pure.
 */
public final class IsoTime {

  private static final long DAY = 86_400;

  private IsoTime() {}

  /**
   * Returns what {@link Instant#toString} returns for the time without what is below a millisecond,
   * for the years 0 to 9999.
   */
  public static String millis(Instant at) {
    int ofDay = (int) Math.floorMod(at.getEpochSecond(), DAY);
    int millis = at.getNano() / 1_000_000;
    StringBuilder text = new StringBuilder(24);
    text.append(LocalDate.ofEpochDay(Math.floorDiv(at.getEpochSecond(), DAY))).append('T');
    digits(text, ofDay / 3600, 10).append(':');
    digits(text, ofDay / 60 % 60, 10).append(':');
    digits(text, ofDay % 60, 10);
    if (millis > 0) {
      digits(text.append('.'), millis, 100);
    }
    return text.append('Z').toString();
  }

  /** Returns what {@link Instant#toString} returns, for the years 0 to 9999, in less time. */
  public static String precise(Instant at) {
    long second = at.getEpochSecond();
    int nanos = at.getNano();
    if (nanos % 1_000_000 == 0) {
      return millis(at);
    }
    StringBuilder text = new StringBuilder(30).append(millis(Instant.ofEpochSecond(second)));
    text.setCharAt(text.length() - 1, '.');
    boolean isMicros = nanos % 1_000 == 0;
    return digits(text, isMicros ? nanos / 1_000 : nanos, isMicros ? 100_000 : 100_000_000)
        .append('Z')
        .toString();
  }

  private static StringBuilder digits(StringBuilder text, int number, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
    return text;
  }
}
