package dev.bulkdl.report;

import java.time.Duration;
import java.util.Optional;

/**
 * A time left that counts down like a clock and moves slowly, as an exponential moving average,
 * towards each new estimate. Not thread-safe.
 */
final class SteadyEta {

  /**
   * The least time constant of the average: 63 % of a difference is corrected after this time. It
   * is longer for a long remaining time, see {@link #MEMORY_SHARE}.
   */
  private static final double LEAST_MEMORY_SECONDS = 8;

  private static final double MEMORY_SHARE = 0.05;

  private Optional<Double> left = Optional.empty();
  private double at;

  /** Adds the estimate at this time since the run began, if there is one. */
  void add(Duration elapsed, Optional<Duration> estimate) {
    double now = elapsed.toNanos() / 1e9;
    double passed = now - at;
    at = now;
    Optional<Double> shown = left;
    left =
        estimate
            .map(each -> each.toNanos() / 1e9)
            .map(each -> shown.map(was -> smoothed(was - passed, each, passed)).orElse(each));
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
