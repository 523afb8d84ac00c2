package dev.bulkdl.http;

import dev.bulkdl.text.Chars;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content-Range field in bytes (RFC 9110, 14.4).
 *
 * @param first the first byte in the response; -1 if the range was not satisfiable
 * @param end the byte behind the last one in the response; -1 if the range was not satisfiable
 * @param total the length of the whole content, if stated
 */
record ContentRange(long first, long end, OptionalLong total) {

  private static final String PREFIX = "bytes ";
  private static final int MOST_DIGITS = 18;

  private static final Pattern HELD =
      Pattern.compile("(?i)bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("(?i)bytes\\s+\\*/(\\d{1,18})");

  /** Parses a field; empty if the text is not a Content-Range, or contradicts itself. */
  static Optional<ContentRange> parse(String field) {
    String text = field.strip();
    return text.indexOf('*') < 0 ? held(text) : parseAny(text);
  }

  /**
   * Reads {@code bytes 0-99/1234}, which answers nearly every request, without a pattern. Anything
   * unusual is left to the patterns.
   */
  private static Optional<ContentRange> held(String text) {
    int dash = text.indexOf('-', PREFIX.length());
    int slash = text.indexOf('/', dash + 1);
    if (!text.startsWith(PREFIX) || dash < 0 || slash < 0) {
      return parseAny(text);
    }
    long first = number(text, PREFIX.length(), dash);
    long last = number(text, dash + 1, slash);
    long total = number(text, slash + 1, text.length());
    if (first < 0 || last < 0 || total < 0) {
      return parseAny(text);
    }
    return last < first || last >= total
        ? Optional.empty()
        : Optional.of(new ContentRange(first, last + 1, OptionalLong.of(total)));
  }

  /** Returns the number that 1 to 18 digits form; -1 for anything else. */
  private static long number(String text, int from, int to) {
    if (to <= from || to - from > MOST_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!Chars.isAsciiDigit(text.charAt(i))) {
        return -1;
      }
      value = 10 * value + text.charAt(i) - '0';
    }
    return value;
  }

  private static Optional<ContentRange> parseAny(String text) {
    Matcher unsatisfied = UNSATISFIED.matcher(text);
    if (unsatisfied.matches()) {
      return Optional.of(
          new ContentRange(-1, -1, OptionalLong.of(Long.parseLong(unsatisfied.group(1)))));
    }
    Matcher held = HELD.matcher(text);
    if (!held.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(held.group(1));
    long last = Long.parseLong(held.group(2));
    OptionalLong total =
        held.group(3).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(held.group(3)));
    if (last < first || (total.isPresent() && last >= total.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(new ContentRange(first, last + 1, total));
  }

  boolean isHeld() {
    return first >= 0;
  }
}
