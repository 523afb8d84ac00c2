package dev.bulkdl.report;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * One latency of a run, recorded in microseconds by any number of threads at once, without a lock.
 * Its size is fixed; what lasts longer than a week counts as a week.
 */
final class Latency {

  private static final long HIGHEST_MICROS = TimeUnit.DAYS.toMicros(7);
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final double MICROS_PER_MILLI = 1000;

  private final Recorder recent = new Recorder(1, HIGHEST_MICROS, SIGNIFICANT_DIGITS);
  private final ReentrantLock reading = new ReentrantLock();
  private final Histogram all = new Histogram(1, HIGHEST_MICROS, SIGNIFICANT_DIGITS);

  void record(Duration took) {
    long micros = took.compareTo(Duration.ofDays(7)) > 0 ? HIGHEST_MICROS : took.toNanos() / 1000;
    recent.recordValue(Math.max(0, micros));
  }

  /** What has been recorded so far. */
  LatencySummary summary() {
    reading.lock();
    try {
      all.add(recent.getIntervalHistogram());
      return LatencySummary.of(all, MICROS_PER_MILLI);
    } finally {
      reading.unlock();
    }
  }
}
