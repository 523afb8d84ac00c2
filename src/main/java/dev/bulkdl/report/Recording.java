package dev.bulkdl.report;

import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * An HdrHistogram of one quantity, exact to three significant digits. Recording is thread-safe and
 * takes no lock. Its memory depends on the range of the values, not on their number.
 */
final class Recording {
  static final int DIGITS = 3;

  private final long highest;
  private final Recorder recent = new Recorder(DIGITS);
  private final ReentrantLock reading = new ReentrantLock();
  private final Histogram untaken = new Histogram(DIGITS);
  private final Histogram all = new Histogram(DIGITS);

  /**
   * @param highest larger values are recorded as this value
   */
  Recording(long highest) {
    this.highest = highest;
  }

  void record(long value, long count) {
    recent.recordValueWithCount(Math.clamp(value, 0, highest), count);
  }

  /** The values recorded after the last call of this method. */
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

  /** All recorded values, including those already taken. */
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
