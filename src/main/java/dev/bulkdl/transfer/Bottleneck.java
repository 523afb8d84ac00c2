package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether one response's content waits for the network more than for this machine. Where it
 * does not, a further connection to the file brings nothing: its writer would only wait for the
 * other in the kernel, which lets one at a time write a file. For one thread.
 */
final class Bottleneck {

  /** Long enough for several buffers of a connection that is always ready. */
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Ticker ticker;
  private long since;
  private long waitedBefore;
  private boolean network = true;

  Bottleneck(Ticker ticker) {
    this.ticker = ticker;
    this.since = ticker.nanos();
  }

  /**
   * Judges by the last window; before the first is over, it is the network.
   *
   * @param waitedNanos how long the content has made its reader wait, in all
   */
  boolean isNetwork(long waitedNanos) {
    long now = ticker.nanos();
    if (now - since >= WINDOW_NANOS) {
      network = 2 * (waitedNanos - waitedBefore) >= now - since;
      since = now;
      waitedBefore = waitedNanos;
    }
    return network;
  }
}
