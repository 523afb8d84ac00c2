package dev.bulkdl.http;

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

  private static final Pattern HELD =
      Pattern.compile("(?i)bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("(?i)bytes\\s+\\*/(\\d{1,18})");

  /** Parses a field; empty if the text is not a Content-Range, or contradicts itself. */
  static Optional<ContentRange> parse(String field) {
    String text = field.strip();
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
