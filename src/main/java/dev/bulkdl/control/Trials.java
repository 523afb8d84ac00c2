package dev.bulkdl.control;

import java.util.concurrent.TimeUnit;

/**
 * The tries of a few connections more, or a few less, than the number that is held: which number is
 * next, and what it has to bring to be kept. Times are in nanoseconds. Not thread-safe.
 */
final class Trials {

  /** The factor of goodput that one more connection has to bring. */
  private static final double PRICE = 1.02;

  /** A connection pays in any case if it brings this share of what the others bring on average. */
  private static final double OWN_SHARE = 0.6;

  /**
   * And it never pays if it brings less than this share. Beside another client that holds its
   * number of connections, each further one takes a share of the other's; this ends it.
   */
  private static final double LEAST_SHARE = 0.35;

  /** A connection is given back if the others bring this share. */
  private static final double NO_LOSS = 0.96;

  /**
   * One try of so many is with fewer connections, the others with more: that a link has become
   * faster shows in nothing else, and fewer cost goodput while they are tried.
   */
  private static final int TRIES_WITH_FEWER = 3;

  /** A try adds or gives back one connection of so many. */
  private static final int SMALL_STEP = 8;

  /** The same where goodput has changed much. */
  private static final int BIG_STEP = 4;

  private static final long LONGEST_HOLD = TimeUnit.SECONDS.toNanos(6);

  private long hold = TimeUnit.SECONDS.toNanos(1);
  private int tries;
  private int stride;
  private boolean afterDrop;

  /** The number of connections in use before the present try. */
  private int from;

  /** The number that was held before it. */
  private int held;

  /**
   * Begins with a number that a climb has found.
   *
   * @param pause the time before the first try
   */
  void begin(int number, long pause) {
    hold = pause;
    tries = 0;
    stride = step(number, SMALL_STEP);
  }

  /** How long a number is held before the next try. */
  long hold() {
    return hold;
  }

  /** Whether the present try, or the next one, is with more connections. */
  boolean isUpward() {
    return tries % TRIES_WITH_FEWER != 0;
  }

  /**
   * Returns the next number to try.
   *
   * @param number the number that is held
   * @param used the number in use, which can be less
   * @param most the largest number that is allowed
   * @return {@code used} if there is no other
   */
  int next(int number, int used, int most) {
    int next = Math.clamp(used + (long) (isUpward() ? stride : -stride), 1, most);
    stride = Math.abs(next - used);
    from = used;
    held = number;
    return next;
  }

  /** The next try begins with the number in use, because that is less than the one held. */
  void beginWith(int used) {
    stride = step(used, SMALL_STEP);
  }

  /** The tries with fewer connections go on from a drop of the goodput, in large steps. */
  void goodputDropped(int number) {
    afterDrop = true;
    tries -= tries % TRIES_WITH_FEWER;
    stride = step(number, BIG_STEP);
  }

  /** Whether the present try follows a drop of the goodput. */
  boolean isAfterDrop() {
    return afterDrop;
  }

  /** The present try was good: the next one goes further. */
  void goOn(int number) {
    stride =
        isUpward()
            ? Math.min(2 * stride, step(number, BIG_STEP))
            : step(number, afterDrop ? BIG_STEP : SMALL_STEP);
  }

  /** The tries in this direction have ended. */
  void turn(int number) {
    tries++;
    stride = step(number, SMALL_STEP);
    afterDrop = false;
    hold = Math.min(2 * hold, LONGEST_HOLD);
  }

  /** The number of connections in use before the present try. */
  int from() {
    return from;
  }

  /** The number that was held before the present try. */
  int held() {
    return held;
  }

  /**
   * Returns the goodput that the tried number must bring to be kept.
   *
   * @param before the goodput before the try
   */
  double needed(int tried, double before) {
    return isUpward()
        ? before * worth(from, tried)
        : before * Math.max(NO_LOSS, 1 / worth(tried, from));
  }

  /** Whether further connections bring half of their full share or more, so that a climb pays. */
  boolean isLikeAClimb(double rate, double before) {
    return isUpward() && rate >= before * (1 + 0.5 * stride / from);
  }

  /**
   * Returns the factor of goodput that makes more connections worth their price. A connection that
   * brings most of what the others bring is always worth it.
   */
  private static double worth(int fewer, int more) {
    double linear = (double) more / fewer;
    double price = Math.max(Math.pow(PRICE, more - fewer), 1 + LEAST_SHARE * (linear - 1));
    return Math.min(price, 1 + OWN_SHARE * (linear - 1));
  }

  private static int step(int number, int part) {
    return Math.max(1, number / part);
  }
}
