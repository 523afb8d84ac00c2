package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The paused origins of a run, and when each pause ends. Thread-safe. */
final class OriginPauses {

  private final Ticker ticker;
  private final Sleeper sleeper;
  private final Map<Origin, Long> until = new ConcurrentHashMap<>();

  OriginPauses(Ticker ticker, Sleeper sleeper) {
    this.ticker = ticker;
    this.sleeper = sleeper;
  }

  /**
   * Holds back all unsent requests to the origin. A longer pause that is already set stays.
   *
   * @return true if the origin had no pause; two calls at the same moment can both return true
   */
  boolean pause(Origin origin, Duration wait) {
    until.values().removeIf(end -> end - ticker.nanos() <= 0); // pauses that ended
    boolean first = !until.containsKey(origin);
    until.merge(origin, ticker.nanos() + wait.toNanos(), (a, b) -> a - b > 0 ? a : b);
    return first;
  }

  boolean isPaused(Origin origin) {
    Long end = until.get(origin);
    return end != null && end - ticker.nanos() > 0;
  }

  /** Returns the remaining pause of each paused origin. */
  Map<Origin, Duration> left() {
    Map<Origin, Duration> left = new HashMap<>();
    until.forEach((origin, end) -> left.put(origin, Duration.ofNanos(end - ticker.nanos())));
    left.values().removeIf(pause -> !pause.isPositive());
    return left;
  }

  /**
   * Waits while the origin is paused. Call it without a permit.
   *
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  void pass(Origin origin, Cancellation cancellation) {
    while (true) {
      Long end = until.get(origin);
      if (end == null) {
        return;
      }
      long left = end - ticker.nanos();
      if (left <= 0) {
        until.remove(origin, end);
        return;
      }
      cancellation.interruptibly(() -> sleeper.sleep(Duration.ofNanos(left)));
    }
  }
}
