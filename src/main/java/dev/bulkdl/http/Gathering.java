package dev.bulkdl.http;

import java.util.concurrent.TimeUnit;

/**
 * Decides how long a reader lets content gather in the socket before it reads. On a slow link,
 * content arrives in pieces of a few KiB, and each one costs a wake-up, a read and a write. A read
 * that comes a little later takes several pieces at once. Not thread-safe: one thread uses it.
 */
final class Gathering {

  /** A read should bring this many bytes: the socket's buffer has room for more. */
  private static final int ENOUGH = 64 << 10;

  /** A shorter body ends before a delay could pay, and a new connection has a small buffer. */
  private static final int FIRST = 256 << 10;

  /** The rest of the time is for the read itself. */
  private static final double SHARE = 0.75;

  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final long length;
  private long received;
  private long atOnce;
  private long windowStart;
  private long windowBytes;
  private double bytesPerNano;

  /**
   * @param length the length of the body in bytes; negative if unknown
   */
  Gathering(long length) {
    this.length = length;
  }

  /** Counts bytes that were read. */
  void received(int bytes) {
    received += bytes;
    atOnce += bytes;
    windowBytes += bytes;
  }

  /**
   * Returns for how many nanoseconds to let content gather, at a moment when all that had arrived
   * was read; 0 if the last wait brought nothing, or more than enough. The end of the body is read
   * as soon as it can be there.
   *
   * @param now the present {@link System#nanoTime}
   */
  long nanos(long now) {
    boolean small = atOnce > 0 && atOnce < ENOUGH;
    atOnce = 0;
    measure(now);
    if (!small || received < FIRST || bytesPerNano == 0) {
      return 0;
    }
    long wanted = length < 0 ? ENOUGH : Math.min(ENOUGH, length - received);
    long nanos = (long) (SHARE * wanted / bytesPerNano);
    return nanos < SHORTEST_NANOS ? 0 : Math.min(nanos, LONGEST_NANOS);
  }

  private void measure(long now) {
    if (windowStart == 0) {
      windowStart = now;
      windowBytes = 0;
    } else if (now - windowStart >= WINDOW_NANOS) {
      bytesPerNano = (double) windowBytes / (now - windowStart);
      windowStart = now;
      windowBytes = 0;
    }
  }
}
