package dev.bulkdl.http;

import dev.bulkdl.text.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Retry-After field (RFC 9110 §10.2.3): seconds, or a date. */
final class RetryAfter {

  /** More than this is no wait that anybody means. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** The wait, from 0 to a day; empty where the text is neither seconds nor a date. */
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
