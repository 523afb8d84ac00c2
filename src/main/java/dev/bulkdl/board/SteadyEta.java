package dev.bulkdl.board;

import dev.bulkdl.report.RateWindow;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The estimated time left. It counts down like a clock and moves slowly, as an exponential moving
 * average, towards the estimate from the recent rate. So it does not jump when the rate varies. Not
 * thread-safe.
 */
final class SteadyEta {

  private static final Duration RATE = Duration.ofSeconds(30);

  /**
   * The least time constant of the average: 63 % of a difference is corrected after this time. It
   * is longer for a long remaining time, see {@link #MEMORY_SHARE}.
   */
  private static final double LEAST_MEMORY_SECONDS = 8;

  private static final double MEMORY_SHARE = 0.05;

  /** A rate before this time is meaningless. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  private final RateWindow rate = new RateWindow(RATE);
  private Optional<Double> left = Optional.empty();
  private double at;

  /** Adds a sample: the bytes received and the bytes missing at this time since the run began. */
  void add(Duration elapsed, long received, OptionalLong missing, boolean paused) {
    rate.add(elapsed, received);
    double now = elapsed.toNanos() / 1e9;
    double passed = now - at;
    at = now;
    if (paused || missing.isEmpty() || elapsed.compareTo(FIRST) < 0 || rate.perSecond() < 1) {
      left = Optional.empty();
      return;
    }
    double estimate = missing.getAsLong() / rate.perSecond();
    left =
        Optional.of(left.map(shown -> smoothed(shown - passed, estimate, passed)).orElse(estimate));
  }

  private static double smoothed(double shown, double estimate, double passed) {
    double memory = Math.max(LEAST_MEMORY_SECONDS, MEMORY_SHARE * estimate);
    return Math.max(0, shown + (estimate - shown) * (1 - Math.exp(-passed / memory)));
  }

  /** The time left in whole seconds, rounded up. Empty if it cannot be estimated. */
  Optional<Duration> left() {
    return left.map(seconds -> Duration.ofSeconds((long) Math.ceil(seconds)));
  }
}
