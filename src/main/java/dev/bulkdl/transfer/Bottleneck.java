package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Measures whether one response waits more for the network than for this machine. If it does not, a
 * further connection to the file does not help: the kernel lets only one thread write a file at a
 * time. Not thread-safe: one thread uses it.
 */
final class Bottleneck {

  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * With fewer buffers than this the window is not judged "not the network": perhaps this thread
   * was not running.
   */
  static final int MIN_BUFFERS = 8;

  private final Ticker ticker;
  private long since;
  private long waitedBefore;
  private int buffers;
  private boolean network;
  private boolean judged;

  /**
   * @param network the result before the first window is over
   */
  Bottleneck(Ticker ticker, boolean network) {
    this.ticker = ticker;
    this.network = network;
    this.since = ticker.nanos();
  }

  /**
   * Call it after each buffer. Returns whether the last window of 50 ms waited mostly for the
   * network.
   *
   * @param waitedNanos the total time that the body has made its reader wait
   */
  boolean isNetwork(long waitedNanos) {
    long now = ticker.nanos();
    buffers++;
    if (now - since >= WINDOW_NANOS) {
      judge(now, waitedNanos);
    }
    return network;
  }

  /**
   * Returns whether a whole window has shown that this machine, not the network, is slow. Short
   * contents show nothing.
   */
  boolean isMachine() {
    return judged && !network;
  }

  private void judge(long now, long waitedNanos) {
    boolean mostlyWaited = 2 * (waitedNanos - waitedBefore) >= now - since;
    if (mostlyWaited || buffers >= MIN_BUFFERS) {
      network = mostlyWaited;
      judged = true;
      since = now;
      waitedBefore = waitedNanos;
      buffers = 0;
    }
  }
}
