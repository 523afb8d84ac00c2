package dev.bulkdl.page;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A histogram as a curve over percentiles. An entry of {@code odds} is 2 for one value in two, 100
 * for one in a hundred, up to the number of values. The entry of {@code values} at the same index
 * is the value at that percentile.
 */
public record Distribution(String name, long count, List<Double> odds, List<Double> values) {
  private static final int POINTS_PER_DECADE = 12;

  public Distribution {
    odds = List.copyOf(odds);
    values = List.copyOf(values);
  }

  /** The upper percentiles: one in {@code odds} values is at least as large. */
  static Distribution ofGreatest(String name, Histogram histogram, double unit) {
    List<Double> odds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    long count = histogram.getTotalCount();
    for (int i = 0; Math.pow(10, 1.0 * i / POINTS_PER_DECADE) <= count; i++) {
      double each = Math.pow(10, 1.0 * i / POINTS_PER_DECADE);
      odds.add(each);
      values.add(histogram.getValueAtPercentile(100 - 100 / each) / unit);
    }
    if (count > 1) {
      odds.add((double) count);
      values.add(histogram.getMaxValue() / unit);
    }
    return new Distribution(name, count, odds, values);
  }
}
