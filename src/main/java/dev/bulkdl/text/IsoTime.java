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

  private static StringBuilder digits(StringBuilder text, int number, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
    return text;
  }
}
