package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Records how long the parts of a run took and how fast its connections were. Thread-safe, and
 * without a lock where it records.
 *
 * <p>Nothing is asked for on a schedule that a slow answer could hold up, so times need no
 * correction for coordinated omission. Rates do: a connection that crawls gets few contents done
 * while others get many. Each millisecond of a content therefore counts as one value.
 */
public final class Timings implements TransferListener {
  private static final long WEEK = TimeUnit.DAYS.toNanos(7);
  private static final long TERABYTE = 1L << 40;

  private final Recording connect = new Recording(WEEK);
  private final Recording firstByte = new Recording(WEEK);
  private final Recording file = new Recording(WEEK);
  private final Recording rate = new Recording(TERABYTE);

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.Connected connected) {
      record(connect, connected.took());
    } else if (event instanceof TransferEvent.Answered answered) {
      record(firstByte, answered.took());
    } else if (event instanceof TransferEvent.Delivered delivered) {
      record(delivered);
    } else if (event instanceof TransferEvent.FileEnded ended
        && ended.outcome() instanceof Outcome.Completed completed) {
      record(file, completed.effort().elapsed());
    }
  }

  /** What lasts longer than a week counts as a week. */
  private static void record(Recording into, Duration took) {
    boolean fits = took.compareTo(Duration.ofNanos(WEEK)) < 0;
    into.record(fits ? took.toNanos() : WEEK, 1);
  }

  private void record(TransferEvent.Delivered content) {
    double seconds = Math.max(1e-6, content.took().toNanos() / 1e9);
    rate.record(Math.round(content.bytes() / seconds), Math.max(1, content.took().toMillis()));
  }

  /** What has been recorded since this was last asked for. */
  public Histograms take() {
    return new Histograms(connect.take(), firstByte.take(), file.take(), rate.take());
  }

  /** All that has been recorded so far. */
  public Histograms all() {
    return new Histograms(connect.all(), firstByte.all(), file.all(), rate.all());
  }
}
