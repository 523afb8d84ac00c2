package dev.bulkdl.report;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The rate of a growing count over the last while. It keeps the fewest samples that reach back at
 * least {@code span}, and starts with a count of 0 at time 0. Not thread-safe.
 */
public final class RateWindow {

  private final long spanNanos;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  public RateWindow(Duration span) {
    spanNanos = span.toNanos();
    samples.add(new Sample(0, 0));
  }

  /** Takes in the count at a time; a time that is not after the last one is left out. */
  public void add(Duration elapsed, long count) {
    long now = elapsed.toNanos();
    if (now <= samples.getLast().nanos) {
      return;
    }
    samples.addLast(new Sample(now, count));
    while (secondReachesBack(now)) {
      samples.removeFirst();
    }
  }

  /** Whether the samples reach back for the whole span. */
  boolean isFull() {
    return nanos() >= spanNanos;
  }

  /** Per second, over the samples that are there; 0 while there is only one. */
  public double perSecond() {
    return nanos() == 0 ? 0 : 1e9 * (samples.getLast().count - samples.getFirst().count) / nanos();
  }

  private long nanos() {
    return samples.getLast().nanos - samples.getFirst().nanos;
  }

  private boolean secondReachesBack(long now) {
    var inOrder = samples.iterator();
    inOrder.next();
    return inOrder.hasNext() && now - inOrder.next().nanos >= spanNanos;
  }

  private record Sample(long nanos, long count) {}
}
