package dev.bulkdl.transfer;

/** How much one connection should take over of what another has still to fetch. */
final class Share {

  /** What is over sooner than this, in seconds, is not worth a request of its own. */
  private static final double WORTH_A_REQUEST = 0.25;

  /** A connection is taken all its work from only by one that needs so much less time for it. */
  private static final double MUCH_FASTER = 3;

  private Share() {}

  /**
   * So much from the end that both are done at the same time, if no piece becomes too small by it;
   * all, where a much faster connection would have to wait for a slow one.
   *
   * @param left bytes that the other has still to fetch
   * @param theirs its bytes a second, above 0
   * @param mine those of whoever asks, above 0
   * @param minimum no piece may be cut smaller than this many bytes
   * @return in bytes, from 0 to {@code left}
   */
  static long of(long left, double theirs, double mine, long minimum) {
    long fair = (long) (left * (theirs / (theirs + mine)));
    if (fair < minimum && mine >= MUCH_FASTER * theirs) {
      return left / theirs >= WORTH_A_REQUEST ? left : 0;
    }
    long taken = left - Math.max(fair, minimum);
    return taken >= minimum ? taken : 0;
  }
}
