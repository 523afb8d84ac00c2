package dev.bulkdl.report;

import java.time.Duration;

/**
 * The highest rate over a window of one second, or slightly more between samples. One thread adds
 * samples; any thread can read.
 */
final class PeakRate {

  private final RateWindow lastSecond = new RateWindow(Duration.ofSeconds(1));
  private volatile long perSecond;
  private volatile long received;

  void add(Duration elapsed, long receivedSoFar) {
    received = receivedSoFar;
    lastSecond.add(elapsed, receivedSoFar);
    if (lastSecond.isFull()) {
      perSecond = Math.max(perSecond, Math.round(lastSecond.perSecond()));
    }
  }

  /** Bytes per second; 0 during the first second. */
  long perSecond() {
    return perSecond;
  }

  /** The bytes of the last sample. */
  long received() {
    return received;
  }
}
