package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.RetrySettings;
import java.time.Duration;
import java.util.Optional;

/** Decides whether a failure counts, and how long to wait before the next attempt. Pure. */
final class RetryPolicy {

  private final RetrySettings patience;

  RetryPolicy(RetrySettings patience) {
    this.patience = patience;
  }

  /** Returns true if this number of failures without progress is too large. */
  boolean isExhausted(int failures) {
    return failures > patience.retries();
  }

  /**
   * Returns true if a failure uses up one attempt of the file. A wait that the server asks for does
   * not count while its origin serves other requests: the files only take turns. It counts if the
   * origin does nothing but ask to wait.
   *
   * @param served what the origin has served, to any file, since it last asked this file to wait
   */
  boolean counts(Failure failure, long served) {
    return !(asksToWait(failure) && served > 0);
  }

  /**
   * Returns true if the server limits the rate and names the time to wait (Retry-After; RFC 9110,
   * 10.2.3).
   */
  static boolean asksToWait(Failure failure) {
    return failure instanceof Failure.Http http
        && http.isThrottle()
        && http.retryAfter().filter(Duration::isPositive).isPresent();
  }

  /**
   * Returns true if the failure can be about all requests to the origin: the server names a time to
   * wait, or it answers 429.
   */
  static boolean limitsOrigin(Failure failure) {
    return asksToWait(failure) || (failure instanceof Failure.Http http && http.status() == 429);
  }

  /**
   * The number of different URLs that an origin has to refuse before all of its files wait, where
   * one refusal does not say enough.
   */
  static final int REFUSED_URLS = 3;

  /**
   * Returns true if all files of the origin have to wait. One 429 with a time to wait is enough,
   * because it is about the client. 503 can be about one URL only, and 429 without a time can be
   * about one connection too many. So several URLs have to be refused within the wait, without a
   * good response in between.
   *
   * @param refusedUrls the number of different URLs that the origin refuses now
   */
  static boolean pausesOrigin(Failure failure, int refusedUrls) {
    return limitsOrigin(failure)
        && failure instanceof Failure.Http http
        && (refusedUrls >= REFUSED_URLS || (http.status() != 503 && asksToWait(failure)));
  }

  /**
   * Returns the wait before the next attempt: the server's Retry-After, else exponential backoff
   * with full jitter; at most the longest delay.
   *
   * @param failures the number of failures without progress, from 1
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  Duration delay(int failures, Failure failure, double random) {
    return retryAfter(failure)
        .map(this::clamp)
        .orElseGet(() -> Duration.ofNanos((long) (bound(failures).toNanos() * random)));
  }

  /**
   * Returns how long an origin is left alone: as long as it asks for, else the bound of the first
   * delay; at most the longest delay.
   */
  Duration pause(Failure failure) {
    return retryAfter(failure).map(this::clamp).orElseGet(() -> bound(1));
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
