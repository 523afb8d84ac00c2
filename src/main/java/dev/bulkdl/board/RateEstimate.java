package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.Speed;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.report.RateWindow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Computes the current rate, the mean, the history of the rate. Not thread-safe. */
final class RateEstimate {

  private static final Duration NOW = Duration.ofSeconds(4);
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final int MOST_STEPS = 150;

  private final RateWindow lastSeconds = new RateWindow(NOW);
  private final Deque<Long> history = new ArrayDeque<>();
  private Duration stepBegan = Duration.ZERO;
  private long receivedBefore;
  private long mean;

  /** Adds a sample of the run. */
  void add(RunProgress run) {
    lastSeconds.add(run.elapsed(), run.received());
    double seconds = run.elapsed().toNanos() / 1e9;
    mean = seconds > 0 ? Math.round(run.received() / seconds) : 0;
    Duration step = run.elapsed().minus(stepBegan);
    if (step.compareTo(STEP) >= 0) {
      history.addLast(Math.round((run.received() - receivedBefore) * 1e9 / step.toNanos()));
      if (history.size() > MOST_STEPS) {
        history.removeFirst();
      }
      stepBegan = run.elapsed();
      receivedBefore = run.received();
    }
  }

  Speed speed() {
    long now = Math.round(lastSeconds.perSecond());
    return new Speed(now, mean, List.copyOf(history));
  }
}
