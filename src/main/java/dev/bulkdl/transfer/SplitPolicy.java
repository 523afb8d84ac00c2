package dev.bulkdl.transfer;

/** Decides how many bytes an idle connection takes over from a segment. Pure. */
final class SplitPolicy {

  /** A rest that takes less time than this, in seconds, is not worth another request. */
  private static final double WORTH_A_REQUEST = 0.25;

  /** An idle connection takes a whole rest only if it is this many times faster. */
  private static final double MUCH_FASTER = 3;

  private SplitPolicy() {}

  /**
   * Returns how many trailing bytes to hand over so that both connections finish together; 0 if a
   * piece would be smaller than the minimum; all of them if the idle connection is much faster and
   * needs less time for all than the other for the least that it could keep.
   *
   * @param left the bytes that the other connection still has to fetch
   * @param theirs its bytes per second, above 0
   * @param mine the idle connection's bytes per second, above 0
   * @param minimum the smallest piece in bytes
   * @param whole whether all bytes can be handed over
   * @return from 0 to {@code left} bytes
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
