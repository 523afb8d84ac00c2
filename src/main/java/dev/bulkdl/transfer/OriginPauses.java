package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The origins that asked to be left alone, and until when. Thread-safe; shared by the files of a
 * run.
 */
final class OriginPauses {

  private final Ticker ticker;
  private final Sleeper sleeper;
  private final Map<Origin, Long> until = new ConcurrentHashMap<>();

  OriginPauses(Ticker ticker, Sleeper sleeper) {
    this.ticker = ticker;
    this.sleeper = sleeper;
  }

  /**
   * Holds back every request to the origin that has not been sent; a longer pause stands.
   *
   * @return whether this begins a pause; of two at the same moment both may
   */
  boolean pause(Origin origin, Duration wait) {
    until.values().removeIf(end -> end - ticker.nanos() <= 0); // of origins not asked since
    boolean first = !until.containsKey(origin);
    until.merge(origin, ticker.nanos() + wait.toNanos(), (a, b) -> a - b > 0 ? a : b);
    return first;
  }

  boolean isPaused(Origin origin) {
    Long end = until.get(origin);
    return end != null && end - ticker.nanos() > 0;
  }

  /** How much longer each origin that is paused now will be. */
  Map<Origin, Duration> left() {
    Map<Origin, Duration> left = new HashMap<>();
    until.forEach((origin, end) -> left.put(origin, Duration.ofNanos(end - ticker.nanos())));
    left.values().removeIf(pause -> !pause.isPositive());
    return left;
  }

  /** Waits while the origin is paused; to be called without a permit. */
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
