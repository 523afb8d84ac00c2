package dev.bulkdl.board;

import dev.bulkdl.report.RateWindow;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The time that is left, counted down as a clock and drawn only gently towards what the rate of the
 * last while promises, so that it does not jump with every gust. Not thread-safe.
 */
final class SteadyEta {

  private static final Duration RATE = Duration.ofSeconds(30);

  /** After this time two thirds of a difference are made up for; a long wait takes longer. */
  private static final double LEAST_MEMORY_SECONDS = 8;

  private static final double MEMORY_SHARE = 0.05;

  /** Before this, no rate means anything. */
  private static final Duration FIRST = Duration.ofSeconds(2);

  private final RateWindow rate = new RateWindow(RATE);
  private Optional<Double> left = Optional.empty();
  private double at;

  /** Takes in the bytes received so far, and those that are missing, at a time of the run. */
  void add(Duration elapsed, long received, OptionalLong missing, boolean paused) {
    rate.add(elapsed, received);
    double now = elapsed.toNanos() / 1e9;
    double passed = now - at;
    at = now;
    if (paused || missing.isEmpty() || elapsed.compareTo(FIRST) < 0 || rate.perSecond() < 1) {
      left = Optional.empty();
      return;
    }
    double promised = missing.getAsLong() / rate.perSecond();
    left = Optional.of(left.map(shown -> drawn(shown - passed, promised, passed)).orElse(promised));
  }

  private static double drawn(double shown, double promised, double passed) {
    double memory = Math.max(LEAST_MEMORY_SECONDS, MEMORY_SHARE * promised);
    return Math.max(0, shown + (promised - shown) * (1 - Math.exp(-passed / memory)));
  }

  /** In whole seconds, rounded up. */
  Optional<Duration> left() {
    return left.map(seconds -> Duration.ofSeconds((long) Math.ceil(seconds)));
  }
}
