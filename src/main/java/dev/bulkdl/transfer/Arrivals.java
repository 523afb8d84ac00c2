package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** When the content of one attempt came. Thread-safe. */
final class Arrivals {

  private static final long NO_ANSWER = Long.MIN_VALUE;

  private final Ticker ticker;
  private final AtomicLong firstAnswer = new AtomicLong(NO_ANSWER);
  private final AtomicInteger buffers = new AtomicInteger();
  private volatile long last;

  Arrivals(Ticker ticker) {
    this.ticker = ticker;
  }

  /** An answer with content has come. */
  void answered() {
    firstAnswer.compareAndSet(NO_ANSWER, ticker.nanos());
  }

  /** A buffer of content came from the network. */
  void arrived() {
    buffers.incrementAndGet();
    last = ticker.nanos();
  }

  /**
   * From the first answer to the last content. Zero where all content came at once: what a busy
   * machine takes to write it gives the remote file no time to change.
   */
  Duration took() {
    return buffers.get() > 1
        ? Duration.ofNanos(Math.max(0, last - firstAnswer.get()))
        : Duration.ZERO;
  }
}
