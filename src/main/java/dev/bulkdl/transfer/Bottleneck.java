package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether one response's content waits for the network more than for this machine. Where it
 * does not, a further connection to the file brings nothing: its writer would only wait for the
 * other in the kernel, which lets one at a time write a file. For one thread.
 */
final class Bottleneck {

  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Fewer buffers do not speak against the network: this thread may just not have been running. */
  static final int LEAST_BUFFERS = 8;

  private final Ticker ticker;
  private long since;
  private long waitedBefore;
  private int buffers;
  private boolean network;

  /**
   * @param network what is believed before the first window is over
   */
  Bottleneck(Ticker ticker, boolean network) {
    this.ticker = ticker;
    this.network = network;
    this.since = ticker.nanos();
  }

  /**
   * To be asked after each buffer. Judges by the last window.
   *
   * @param waitedNanos how long the content has made its reader wait, in all
   */
  boolean isNetwork(long waitedNanos) {
    long now = ticker.nanos();
    buffers++;
    if (now - since >= WINDOW_NANOS) {
      judge(now, waitedNanos);
    }
    return network;
  }

  private void judge(long now, long waitedNanos) {
    boolean mostlyWaited = 2 * (waitedNanos - waitedBefore) >= now - since;
    if (mostlyWaited || buffers >= LEAST_BUFFERS) {
      network = mostlyWaited;
      since = now;
      waitedBefore = waitedNanos;
      buffers = 0;
    }
  }
}
