package dev.bulkdl.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them. {@code K M G T} are powers of 1024. */
public final class SizeText {

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15})([KMGT]?)(?:I?B)?", Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "KMGT";

  private SizeText() {}

  /**
   * Returns the number of bytes, at least 1.
   *
   * @throws IllegalArgumentException when the text is no size, or is out of range; the message says
   *     which
   */
  public static long bytes(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new IllegalArgumentException("is no size");
    }
    int power =
        size.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT));
    long bytes = Long.parseLong(size.group(1));
    if (bytes < 1 || bytes > Long.MAX_VALUE >> (10 * power)) {
      throw new IllegalArgumentException("is out of range");
    }
    return bytes << (10 * power);
  }

  /** Returns the shortest text that {@link #bytes} reads as this number of bytes. */
  public static String of(long bytes) {
    int power = 0;
    long number = bytes;
    while (number > 0 && number % 1024 == 0 && power < UNITS.length()) {
      number /= 1024;
      power++;
    }
    return number + (power == 0 ? "" : UNITS.substring(power - 1, power));
  }
}
