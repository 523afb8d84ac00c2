package dev.bulkdl.http;

import dev.bulkdl.text.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Parses the Retry-After field (RFC 9110, 10.2.3): seconds, or a date. Pure. */
final class RetryAfter {

  /** A longer wait is clamped to this. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** Returns the wait, from 0 to one day; empty if the text is neither seconds nor a date. */
  static Optional<Duration> parse(String field, Instant now) {
    String text = field.strip();
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      String seconds = text.replaceFirst("^0+(?=[0-9])", "");
      return Optional.of(
          seconds.length() > 6 ? LONGEST : clamp(Duration.ofSeconds(Long.parseLong(seconds))));
    }
    return HttpDate.parse(text, now).map(when -> clamp(Duration.between(now, when)));
  }

  private static Duration clamp(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
