package dev.bulkdl.report;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * The mean rate of a growing count over a sliding window. It keeps the fewest samples that cover at
 * least {@code span}. Without another one, the first sample is a count of 0 at time 0. Not
 * thread-safe.
 */
public final class RateWindow {

  private final long spanNanos;
  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  public RateWindow(Duration span) {
    this(span, Duration.ZERO, 0);
  }

  /** A window whose first sample is this count at this time. */
  RateWindow(Duration span, Duration began, long count) {
    spanNanos = span.toNanos();
    samples.add(new Sample(began.toNanos(), count));
  }

  /** Adds a sample. Ignored if its time is not after the last sample. */
  public void add(Duration elapsed, long count) {
    long now = elapsed.toNanos();
    if (now <= samples.getLast().nanos) {
      return;
    }
    samples.addLast(new Sample(now, count));
    while (secondCoversSpan(now)) {
      samples.removeFirst();
    }
  }

  /** True if the samples cover the whole span. */
  boolean isFull() {
    return nanos() >= spanNanos;
  }

  /** The rate per second over all kept samples; 0 if there is only one. */
  public double perSecond() {
    return nanos() == 0 ? 0 : 1e9 * (samples.getLast().count - samples.getFirst().count) / nanos();
  }

  private long nanos() {
    return samples.getLast().nanos - samples.getFirst().nanos;
  }

  private boolean secondCoversSpan(long now) {
    var inOrder = samples.iterator();
    inOrder.next();
    return inOrder.hasNext() && now - inOrder.next().nanos >= spanNanos;
  }

  private record Sample(long nanos, long count) {}
}
