package dev.bulkdl.transfer;

import java.util.concurrent.TimeUnit;

/**
 * Measures how fast one connection delivers, waits for responses included, over the last one to two
 * seconds, so that a connection that hangs is not taken for a fast one. Guarded by the {@link
 * SegmentMap}'s lock.
 */
final class Throughput {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * A shorter measurement says nothing: the connection is opened first, and the first bytes come
   * from buffers.
   */
  private static final long LEAST_NANOS = WINDOW_NANOS / 4;

  private final long begin;
  private long from;
  private long bytesBefore;
  private long middle;
  private long bytes;

  /**
   * @param now the present time in nanoseconds, of the clock that all calls use
   */
  Throughput(long now) {
    this.begin = now;
    this.from = now;
    this.middle = now;
  }

  void received(long more, long now) {
    bytes += more;
    if (now - middle >= WINDOW_NANOS) {
      from = middle;
      bytesBefore = bytes;
      middle = now;
      bytes = 0;
    }
  }

  /** Whether the measurement is long enough to tell a slow connection from a new one. */
  boolean isSettled(long now) {
    return now - begin >= WINDOW_NANOS;
  }

  /** Returns the bytes per second; 0 if not yet known. */
  double rate(long now) {
    long nanos = now - from;
    return nanos < LEAST_NANOS ? 0 : (bytesBefore + bytes) * 1e9 / nanos;
  }
}
