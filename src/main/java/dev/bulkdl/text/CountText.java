package dev.bulkdl.text;

/** Counts as people write them, from 1 to 999,999. */
public final class CountText {

  private static final int MOST_DIGITS = 6;

  private CountText() {}

  /**
   * Returns the count.
   *
   * @throws IllegalArgumentException when the text is none; the message says why
   */
  public static int parse(String text) {
    boolean isNumber =
        !text.isEmpty() && text.length() <= MOST_DIGITS && Chars.all(text, Chars::isAsciiDigit);
    int count = isNumber ? Integer.parseInt(text) : 0;
    if (count < 1) {
      throw new IllegalArgumentException("'" + text + "' is no number from 1 on");
    }
    return count;
  }
}
