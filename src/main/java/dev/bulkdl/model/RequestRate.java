package dev.bulkdl.model;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of requests in a time, or no limit.
 *
 * @param count at least 1; the largest long for no limit
 * @param period longer than 0
 */
public record RequestRate(long count, Duration period) {

  public static final RequestRate UNLIMITED =
      new RequestRate(Long.MAX_VALUE, Duration.ofSeconds(1));

  private static final Pattern RATE = Pattern.compile("(\\d{1,6})(?:/(\\d{0,4})([smhd]))?");
  private static final Duration LONGEST = Duration.ofDays(1);

  public RequestRate {
    if (count < 1 || !period.isPositive()) {
      throw new IllegalArgumentException("a rate of requests is at least 1 in a time");
    }
  }

  /**
   * Returns the rate of a text: {@code 5} for each second, {@code 24/m}, {@code 5/15s}, or {@code
   * off}.
   *
   * @throws IllegalArgumentException when the text is no rate; the message shows a right one
   */
  public static RequestRate parse(String text) {
    String rate = text.strip().toLowerCase(Locale.ROOT);
    if (rate.equals("off") || rate.equals("0")) {
      return UNLIMITED;
    }
    Matcher found = RATE.matcher(rate);
    if (!found.matches() || Long.parseLong(found.group(1)) == 0) {
      throw refused(text, "is no rate of requests");
    }
    Duration period = period(found);
    if (!period.isPositive() || period.compareTo(LONGEST) > 0) {
      throw refused(text, "has no time from 1 second to 1 day");
    }
    return new RequestRate(Long.parseLong(found.group(1)), period);
  }

  private static Duration period(Matcher rate) {
    if (rate.group(3) == null) {
      return Duration.ofSeconds(1);
    }
    long times = rate.group(2).isEmpty() ? 1 : Long.parseLong(rate.group(2));
    return switch (rate.group(3)) {
      case "s" -> Duration.ofSeconds(times);
      case "m" -> Duration.ofMinutes(times);
      case "h" -> Duration.ofHours(times);
      default -> Duration.ofDays(times);
    };
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException(
        "'" + text + "' " + why + "; write for example 5, 24/m or 5/15s");
  }

  public boolean isLimited() {
    return count != Long.MAX_VALUE;
  }

  /** Returns a text that {@link #parse} reads as this rate. */
  @Override
  public String toString() {
    return isLimited() ? count + "/" + period.toSeconds() + "s" : "off";
  }
}
