package dev.bulkdl.testkit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes {@code from} (inclusive) to {@code to} (exclusive). The range is empty if it cannot be
 * satisfied.
 */
record Range(long from, long to) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  static Range whole(long size) {
    return new Range(0, size);
  }

  /**
   * Parses a Range header (RFC 9110, 14.1.2). Empty for headers that a server ignores: other units,
   * several ranges, nonsense.
   */
  static Optional<Range> parse(String header, long size) {
    Matcher matcher = ONE.matcher(header.strip());
    if (!matcher.matches() || header.strip().equals("bytes=-")) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      return Optional.of(new Range(Math.max(0, size - Long.parseLong(matcher.group(2))), size));
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (!matcher.group(2).isEmpty() && last < first) {
      return Optional.empty();
    }
    return Optional.of(new Range(first, Math.min(size, last + 1)));
  }

  boolean isSatisfiable() {
    return from < to;
  }

  long length() {
    return to - from;
  }

  /** Returns the range with its start moved by {@code delta}, limited to the content. */
  Range startingLater(long delta) {
    return new Range(Math.clamp(from + delta, 0, to), to);
  }

  Range atMost(long bytes) {
    return new Range(from, Math.min(to, from + bytes));
  }
}
