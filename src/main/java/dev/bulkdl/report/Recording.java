package dev.bulkdl.report;

import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * One quantity of a run, exact to three digits, recorded by any number of threads at once without a
 * lock. Its size depends on the range of the values, not on their number.
 */
final class Recording {
  static final int DIGITS = 3;

  private final long highest;
  private final Recorder recent = new Recorder(DIGITS);
  private final ReentrantLock reading = new ReentrantLock();
  private final Histogram untaken = new Histogram(DIGITS);
  private final Histogram all = new Histogram(DIGITS);

  /**
   * @param highest what is greater counts as this
   */
  Recording(long highest) {
    this.highest = highest;
  }

  void record(long value, long count) {
    recent.recordValueWithCount(Math.clamp(value, 0, highest), count);
  }

  /** What has been recorded since it was last taken. */
  Histogram take() {
    reading.lock();
    try {
      drain();
      Histogram taken = untaken.copy();
      untaken.reset();
      return taken;
    } finally {
      reading.unlock();
    }
  }

  /** All that has been recorded so far, taken or not. */
  Histogram all() {
    reading.lock();
    try {
      drain();
      return all.copy();
    } finally {
      reading.unlock();
    }
  }

  private void drain() {
    Histogram interval = recent.getIntervalHistogram();
    untaken.add(interval);
    all.add(interval);
  }
}
