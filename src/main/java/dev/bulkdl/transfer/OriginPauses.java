package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Sleeper;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The paused origins of a run, and when each pause ends. Thread-safe. */
final class OriginPauses {

  private final Ticker ticker;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final Map<Origin, Pause> pauses = new ConcurrentHashMap<>();

  /** A pause until a time of the ticker, with its reason for people. */
  private record Pause(long end, Instant since, String why) {

    /** The longer one counts, from the beginning of both. */
    Pause and(Pause later) {
      return later.end - end > 0 ? new Pause(later.end, since, later.why) : this;
    }
  }

  OriginPauses(Ticker ticker, Sleeper sleeper, InstantSource clock) {
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.clock = clock;
  }

  /**
   * Holds back all unsent requests to the origin. A longer pause that is already set stays.
   *
   * @param why the reason for people
   * @return true if the origin had no pause; two calls at the same moment can both return true
   */
  boolean pause(Origin origin, Duration wait, String why) {
    pauses.values().removeIf(pause -> pause.end - ticker.nanos() <= 0); // pauses that ended
    boolean first = !pauses.containsKey(origin);
    Pause pause = new Pause(ticker.nanos() + wait.toNanos(), clock.instant(), why);
    pauses.merge(origin, pause, Pause::and);
    return first;
  }

  boolean isPaused(Origin origin) {
    Pause pause = pauses.get(origin);
    return pause != null && pause.end - ticker.nanos() > 0;
  }

  /** Returns the pause of each paused origin. */
  Map<Origin, Hold> holds() {
    Map<Origin, Hold> holds = new HashMap<>();
    long now = ticker.nanos();
    Instant time = clock.instant();
    pauses.forEach(
        (origin, pause) -> {
          if (pause.end - now > 0) {
            Optional<Instant> until = Optional.of(time.plusNanos(pause.end - now));
            holds.put(origin, new Hold(Hold.Reason.SERVER, pause.why, pause.since, until));
          }
        });
    return holds;
  }

  /**
   * Waits while the origin is paused. Call it without a permit.
   *
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  void pass(Origin origin, Cancellation cancellation) {
    while (true) {
      Pause pause = pauses.get(origin);
      if (pause == null) {
        return;
      }
      long left = pause.end - ticker.nanos();
      if (left <= 0) {
        pauses.remove(origin, pause);
        return;
      }
      cancellation.interruptibly(() -> sleeper.sleep(Duration.ofNanos(left)));
    }
  }
}
