package dev.bulkdl.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Reads how many requests a server still allows, and until when: {@code RateLimit} of the draft
 * {@code draft-ietf-httpapi-ratelimit-headers}, its older forms, and {@code X-RateLimit-*}. What
 * cannot be understood is ignored. Pure.
 */
final class RateLimitFields {

  /** A longer wait is clamped to this. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** With this number of requests left or fewer, they are spread over the time. */
  private static final long FEW = 5;

  private static final long EPOCH_SECONDS = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 1_000_000_000_000L;

  private static final Pattern ITEM =
      Pattern.compile("\\s*\"([^\"]*)\"((?:\\s*;\\s*[a-z]+=[^;,]*)*)\\s*(?:,|$)");
  private static final Pattern UNIT = Pattern.compile("qu=\"([^\"]*)\"");

  private RateLimitFields() {}

  /**
   * Returns how long no further request should be sent to the origin; empty if the fields ask for
   * nothing.
   */
  static Optional<Duration> pause(HttpFields fields, Instant now) {
    if (!arePresent(fields)) {
      return Optional.empty();
    }
    Optional<Duration> pause = Optional.empty();
    String field = fields.get("RateLimit");
    if (field != null) {
      pause = field.contains("\"") ? items(field, fields) : old(field, now);
    }
    for (String prefix : new String[] {"RateLimit-", "X-RateLimit-"}) {
      pause =
          longer(
              pause,
              after(number(fields.get(prefix + "Remaining")), fields.get(prefix + "Reset"), now));
    }
    return pause.filter(Duration::isPositive);
  }

  /** Most responses have no such field, so this is quick. */
  private static boolean arePresent(HttpFields fields) {
    for (HttpField field : fields) {
      String name = field.getName();
      if (begins(name, "RateLimit") || begins(name, "X-RateLimit-")) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /** Each item limits by itself; the strictest one counts. */
  private static Optional<Duration> items(String field, HttpFields fields) {
    Matcher item = ITEM.matcher(field);
    Optional<Duration> pause = Optional.empty();
    while (item.lookingAt()) {
      OptionalLong remaining = number(parameter(item.group(2), "r"));
      OptionalLong reset = number(parameter(item.group(2), "t"));
      if (remaining.isPresent() && reset.isPresent() && countsRequests(item.group(1), fields)) {
        pause = longer(pause, Optional.of(spread(remaining.getAsLong(), reset.getAsLong())));
      }
      item.region(item.end(), field.length());
      if (item.regionStart() == field.length()) {
        return pause;
      }
    }
    return Optional.empty();
  }

  private static Duration spread(long remaining, long seconds) {
    Duration reset = clamp(seconds);
    if (remaining == 0) {
      return reset;
    }
    return remaining <= FEW ? reset.dividedBy(remaining + 1) : Duration.ZERO;
  }

  /** Returns false if the policy of this name counts bytes or the like. */
  private static boolean countsRequests(String name, HttpFields fields) {
    String policies = fields.get("RateLimit-Policy");
    if (policies == null) {
      return true;
    }
    Matcher policy = ITEM.matcher(policies);
    while (policy.lookingAt()) {
      Matcher unit = UNIT.matcher(policy.group(2));
      if (policy.group(1).equals(name) && unit.find()) {
        return unit.group(1).equals("requests");
      }
      policy.region(policy.end(), policies.length());
    }
    return true; // also of a policy that is no valid field
  }

  private static Optional<String> parameter(String parameters, String name) {
    Matcher found = Pattern.compile(";\\s*" + name + "=([^;,\\s]*)").matcher(parameters);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** The form {@code limit=100, remaining=0, reset=50}. */
  private static Optional<Duration> old(String field, Instant now) {
    String parts = ";" + field.replace(',', ';');
    return after(
        number(parameter(parts, "remaining")), parameter(parts, "reset").orElse(null), now);
  }

  private static Optional<Duration> after(
      OptionalLong remaining, @Nullable String reset, Instant now) {
    OptionalLong at = number(reset);
    if (remaining.isEmpty() || remaining.getAsLong() != 0 || at.isEmpty()) {
      return Optional.empty();
    }
    long value = at.getAsLong();
    if (value > EPOCH_MILLIS) {
      return Optional.of(clamp(Duration.between(now, Instant.ofEpochMilli(value)).toSeconds()));
    }
    return Optional.of(clamp(value > EPOCH_SECONDS ? value - now.getEpochSecond() : value));
  }

  private static OptionalLong number(Optional<String> text) {
    return number(text.orElse(null));
  }

  private static OptionalLong number(@Nullable String text) {
    return text != null && text.strip().matches("\\d{1,15}")
        ? OptionalLong.of(Long.parseLong(text.strip()))
        : OptionalLong.empty();
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().compareTo(other.get()) >= 0 ? one : other;
  }

  private static Duration clamp(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST.toSeconds()));
  }
}
