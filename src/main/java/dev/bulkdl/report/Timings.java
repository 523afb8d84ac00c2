package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Records the durations of a run's steps and the rates of its connections in HdrHistograms.
 * Thread-safe; recording takes no lock.
 *
 * <p>Requests are not sent on a schedule that a slow response could delay, so times need no
 * correction for coordinated omission. Rates need one: a slow connection delivers few contents
 * while fast ones deliver many. Therefore each millisecond of a content counts as one value.
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

  /** Records a duration. More than a week is recorded as a week. */
  private static void record(Recording into, Duration took) {
    boolean fits = took.compareTo(Duration.ofNanos(WEEK)) < 0;
    into.record(fits ? took.toNanos() : WEEK, 1);
  }

  private void record(TransferEvent.Delivered content) {
    double seconds = Math.max(1e-6, content.took().toNanos() / 1e9);
    rate.record(Math.round(content.bytes() / seconds), Math.max(1, content.took().toMillis()));
  }

  /** The values recorded after the last call of this method. */
  public Histograms take() {
    return new Histograms(connect.take(), firstByte.take(), file.take(), rate.take());
  }

  /** All recorded values. */
  public Histograms all() {
    return new Histograms(connect.all(), firstByte.all(), file.all(), rate.all());
  }
}
