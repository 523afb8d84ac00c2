package dev.bulkdl.transfer;

/** How much one connection should take over of what another has still to fetch. */
final class SplitPolicy {

  /** What is over sooner than this, in seconds, is not worth a request of its own. */
  private static final double WORTH_A_REQUEST = 0.25;

  /** A connection is taken all its work from only by one that needs so much less time for it. */
  private static final double MUCH_FASTER = 3;

  private SplitPolicy() {}

  /**
   * So much from the end that both are done at the same time, if no piece becomes too small by it.
   * Or all, where the idle connection is much faster, and has all of it sooner than the other the
   * least that could be left to it.
   *
   * @param left bytes that the other has still to fetch
   * @param theirs its bytes a second, above 0
   * @param mine those of the idle connection, above 0
   * @param minimum no piece is cut smaller than this many bytes
   * @param whole whether all may be taken
   * @return in bytes, from 0 to {@code left}
   */
  static long of(long left, double theirs, double mine, long minimum, boolean whole) {
    long fair = (long) (left * (theirs / (theirs + mine)));
    if (whole && fair < minimum && isBetterWhole(left, theirs, mine, minimum)) {
      return left;
    }
    long taken = left - Math.max(fair, minimum);
    return taken >= minimum ? taken : 0;
  }

  private static boolean isBetterWhole(long left, double theirs, double mine, long minimum) {
    return mine >= MUCH_FASTER * theirs
        && left / theirs >= WORTH_A_REQUEST
        && left / mine <= Math.min(left, minimum) / theirs;
  }
}
