package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Records when the content of one attempt arrived. Thread-safe. */
final class Arrivals {

  private static final long NO_RESPONSE = Long.MIN_VALUE;

  private final Ticker ticker;
  private final AtomicLong firstResponse = new AtomicLong(NO_RESPONSE);
  private final AtomicInteger buffers = new AtomicInteger();
  private volatile long last;

  Arrivals(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Notes that a response with content arrived. */
  void answered() {
    firstResponse.compareAndSet(NO_RESPONSE, ticker.nanos());
  }

  /** Notes that a buffer of content arrived from the network. */
  void arrived() {
    buffers.incrementAndGet();
    last = ticker.nanos();
  }

  /**
   * Returns the time from the first response to the last content. Zero if all content arrived in
   * one buffer: the time that a busy machine takes to write it gives the remote file no time to
   * change.
   */
  Duration took() {
    return buffers.get() > 1
        ? Duration.ofNanos(Math.max(0, last - firstResponse.get()))
        : Duration.ZERO;
  }
}
