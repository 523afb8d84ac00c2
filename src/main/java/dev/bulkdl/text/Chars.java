package dev.bulkdl.text;

/**
 * Looks at the characters of a text one by one. For the texts of every row, where a stream would
 * cost more than what it is asked.
 */
public final class Chars {

  private Chars() {}

  /** What is asked of a character. */
  @FunctionalInterface
  public interface Test {
    boolean of(char c);
  }

  public static boolean any(String text, Test test) {
    for (int i = 0; i < text.length(); i++) {
      if (test.of(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  public static boolean all(String text, Test test) {
    return !any(text, c -> !test.of(c));
  }

  public static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether it is one of ASCII that is seen, or a blank. */
  public static boolean isPlain(char c) {
    return c >= ' ' && c <= '~';
  }

  /** Whether a text is plain ASCII. Called for each field of each row, so it calls no lambda. */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a code point could command a terminal, reorder a line, or is half of a pair. */
  public static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
