package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.RetrySettings;
import java.time.Duration;
import java.util.Optional;

/** Whether a failure counts, and how long to wait before the next attempt. Pure. */
final class RetryPolicy {

  private final RetrySettings patience;

  RetryPolicy(RetrySettings patience) {
    this.patience = patience;
  }

  /** Whether this many failures without progress are more than are borne. */
  boolean isExhausted(int failures) {
    return failures > patience.retries();
  }

  /**
   * Whether a failure uses up one of a file's attempts. A wait that the server asks for does not
   * while its origin serves: it is the order in which files take their turn. An origin that only
   * ever asks to wait uses them up.
   *
   * @param served what the origin has served, to any file, since this file last waited as asked
   */
  boolean counts(Failure failure, long served) {
    return !(asksToWait(failure) && served > 0);
  }

  /** Whether the server names a time after which it wants to be asked again. */
  static boolean asksToWait(Failure failure) {
    return failure instanceof Failure.Http http
        && http.isThrottle()
        && http.retryAfter().filter(Duration::isPositive).isPresent();
  }

  /**
   * The wait after a number of failures without progress, from 1: what the server asks for, else
   * exponential with full jitter; never longer than the longest delay.
   *
   * @param random from 0 to before 1
   */
  Duration delay(int failures, Failure failure, double random) {
    return retryAfter(failure)
        .map(this::clamp)
        .orElseGet(() -> Duration.ofNanos((long) (bound(failures).toNanos() * random)));
  }

  private static Optional<Duration> retryAfter(Failure failure) {
    return failure instanceof Failure.Http http ? http.retryAfter() : Optional.empty();
  }

  private Duration bound(int failures) {
    int doublings = Math.clamp(failures - 1, 0, 30);
    return clamp(patience.delay().multipliedBy(1L << doublings));
  }

  private Duration clamp(Duration wait) {
    return wait.compareTo(patience.maxDelay()) > 0 ? patience.maxDelay() : wait;
  }
}
