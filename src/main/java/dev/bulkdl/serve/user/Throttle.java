package dev.bulkdl.serve.user;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses. Each wrong try takes one of a few; they come back with time, so nobody is
 * locked out for long, and who is signed in is never asked.
 */
final class Throttle {

  private static final int TRIES = 5;
  private static final Duration COMES_BACK = Duration.ofSeconds(12);
  private static final int KEPT = 10_000;

  private final InstantSource clock;
  private final int tries;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > KEPT;
        }
      };

  private record Bucket(double left, Instant at) {}

  Throttle(InstantSource clock) {
    this(clock, TRIES);
  }

  Throttle(InstantSource clock, int tries) {
    this.clock = clock;
    this.tries = tries;
  }

  /**
   * Takes one try.
   *
   * @return 0 if there was one, else the seconds until there is one
   */
  synchronized int take(String key) {
    Instant now = clock.instant();
    double left = left(key, now);
    if (left < 1) {
      return (int) Math.ceil((1 - left) * COMES_BACK.toMillis() / 1000);
    }
    buckets.put(key, new Bucket(left - 1, now));
    return 0;
  }

  /** Gives all tries back, after a right one. */
  synchronized void clear(String key) {
    buckets.remove(key);
  }

  private double left(String key, Instant now) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return tries;
    }
    double back = (double) Duration.between(bucket.at, now).toMillis() / COMES_BACK.toMillis();
    return Math.min(tries, bucket.left + Math.max(0, back));
  }
}
