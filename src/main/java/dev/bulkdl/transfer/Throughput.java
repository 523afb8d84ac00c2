package dev.bulkdl.transfer;

import java.util.concurrent.TimeUnit;

/**
 * How fast one connection delivers, waits for answers included, over the last one to two seconds: a
 * connection that has come to a halt is not taken for the fast one that it was. Guarded by the
 * {@link SegmentMap}'s lock.
 */
final class Throughput {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Less says nothing: a connection has to be made, and the first bytes come from buffers. */
  private static final long LEAST_NANOS = WINDOW_NANOS / 4;

  private final long begin;
  private long from;
  private long bytesBefore;
  private long middle;
  private long bytes;

  /**
   * @param now of the clock that all times here are of, in nanoseconds
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

  /** Whether it has been seen for so long that a slow one is not just a young one. */
  boolean isSettled(long now) {
    return now - begin >= WINDOW_NANOS;
  }

  /** In bytes a second; 0 while that is not known. */
  double rate(long now) {
    long nanos = now - from;
    return nanos < LEAST_NANOS ? 0 : (bytesBefore + bytes) * 1e9 / nanos;
  }
}
