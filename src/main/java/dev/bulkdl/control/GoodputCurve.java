package dev.bulkdl.control;

import java.util.Arrays;

/**
 * How much work was done, and over how many connections, as a function of time. It keeps the sums
 * of the last {@value #KEPT} samples. Not thread-safe.
 */
final class GoodputCurve {

  private static final int KEPT = 512;

  private long[] times = new long[8];
  private double[] work = new double[8];
  private double[] connectionTime = new double[8];
  private int count;

  /**
   * Adds a sample.
   *
   * @param now nanoseconds, later than those of the sample before
   * @param workInAll the sum of all work so far
   * @param connectionTimeInAll the sum over all connections of the nanoseconds for which each was
   *     in use
   */
  void add(long now, double workInAll, double connectionTimeInAll) {
    if (count == KEPT) {
      forgetHalf();
    } else if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
      work = Arrays.copyOf(work, 2 * count);
      connectionTime = Arrays.copyOf(connectionTime, 2 * count);
    }
    times[count] = now;
    work[count] = workInAll;
    connectionTime[count] = connectionTimeInAll;
    count++;
  }

  private void forgetHalf() {
    int half = KEPT / 2;
    System.arraycopy(times, half, times, 0, half);
    System.arraycopy(work, half, work, 0, half);
    System.arraycopy(connectionTime, half, connectionTime, 0, half);
    count = half;
  }

  /** Whether it reaches back to this time. */
  boolean covers(long time) {
    return count > 0 && times[0] - time <= 0;
  }

  /** Returns the work per second between two times that it covers. */
  double rate(long from, long to) {
    return (at(work, to) - at(work, from)) * 1e9 / (to - from);
  }

  /** Returns the average number of connections in use between two times that it covers. */
  double connections(long from, long to) {
    return (at(connectionTime, to) - at(connectionTime, from)) / (to - from);
  }

  private double at(double[] sums, long time) {
    int found = Arrays.binarySearch(times, 0, count, time);
    if (found >= 0) {
      return sums[found];
    }
    int after = -found - 1;
    if (after == count) {
      return sums[count - 1];
    }
    if (after == 0) {
      return sums[0];
    }
    double share = (double) (time - times[after - 1]) / (times[after] - times[after - 1]);
    return sums[after - 1] + share * (sums[after] - sums[after - 1]);
  }
}
