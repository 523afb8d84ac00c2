package dev.bulkdl.rate;

import java.util.concurrent.TimeUnit;

/**
 * Decides when the next bytes or requests are within a rate. It is a cell rate algorithm: all that
 * was taken is paid with time, and time that was not used is kept for {@value #BURST_MILLIS} ms at
 * most. It starts without any. Not thread-safe.
 */
final class Pacer {

  private static final long BURST_MILLIS = 50;

  private static final long BURST = TimeUnit.MILLISECONDS.toNanos(BURST_MILLIS);

  private long amount = Long.MAX_VALUE;
  private long period = 1;

  /** The time up to which all that was taken is paid. */
  private long paidUntil;

  /** What the last payment was too small by, in parts of a nanosecond: {@code rest / amount}. */
  private long rest;

  /** Allows this amount in each period of nanoseconds from now on; the largest long is no limit. */
  void limit(long newAmount, long newPeriod, long now) {
    if (!isLimited()) {
      paidUntil = now;
    }
    amount = newAmount;
    period = newPeriod;
    rest = 0;
  }

  /** The first one need not wait. */
  void allowOneNow(long now) {
    if (isLimited()) {
      paidUntil = now - cost(1);
    }
  }

  boolean isLimited() {
    return amount != Long.MAX_VALUE;
  }

  /** Returns after how many nanoseconds this count can be taken; 0 or less if now. */
  long nanosUntil(long count, long now) {
    return isLimited() ? paid(cost(count), now) - now : 0;
  }

  /** Takes this count. The caller has asked {@link #nanosUntil}. */
  void take(long count, long now) {
    if (isLimited()) {
      long cost = cost(count);
      rest = (count * period + rest) % amount;
      paidUntil = paid(cost, now);
    }
  }

  private long cost(long count) {
    return (count * period + rest) / amount;
  }

  private long paid(long cost, long now) {
    long oldest = now - Math.max(BURST, cost);
    return (paidUntil - oldest > 0 ? paidUntil : oldest) + cost;
  }

  /** Whether a new one would decide the same. */
  boolean isIdle(long now) {
    return now - paidUntil > Math.max(BURST, isLimited() ? cost(1) : 0);
  }
}
