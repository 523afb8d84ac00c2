package dev.bulkdl.transfer;

import dev.bulkdl.settings.Limits;
import java.util.concurrent.TimeUnit;

/**
 * The smallest piece of a file that is worth a connection of its own: it must take longer than a
 * request. Thread-safe.
 */
final class PieceSize {

  /** A piece of this many bytes is worth it on every connection. */
  private static final long ALWAYS = 16L << 20;

  /** A piece that takes this many seconds is worth it. */
  private static final double SECONDS = 0.5;

  /** And it takes this many times as long as a request. */
  private static final double REQUESTS = 4;

  private final Limits limits;
  private volatile double answerSeconds;

  PieceSize(Limits limits) {
    this.limits = limits;
  }

  /** Records how long a response took. */
  void answered(long nanos) {
    answerSeconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }

  /** A size that the user chose holds as it is. */
  private boolean isChosen() {
    return limits.segmentMin() != Limits.DEFAULTS.segmentMin();
  }

  /**
   * Returns how many bytes of an unclaimed range one connection takes. It leaves the others their
   * shares: a range that is cut while it is fetched costs its connection.
   *
   * @param range the length of the range
   * @param connections how many connections the file has, the new one included
   * @param rate the bytes per second of a connection; 0 if unknown
   */
  long share(long range, int connections, double rate) {
    if (!limits.adaptive() || isChosen()) {
      return range;
    }
    long least = smallest(rate);
    long share = Math.max(least, range / connections);
    return range - share < least ? range : share;
  }

  /**
   * Returns the smallest piece in bytes.
   *
   * @param rate the bytes per second of a connection; 0 if unknown
   */
  long smallest(double rate) {
    long least = limits.segmentMin();
    if (!limits.adaptive() || isChosen()) {
      return least;
    }
    double seconds = Math.max(SECONDS, REQUESTS * answerSeconds);
    return rate == 0 ? ALWAYS : Math.clamp((long) (rate * seconds), least, ALWAYS);
  }
}
