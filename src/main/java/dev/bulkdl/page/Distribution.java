package dev.bulkdl.page;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A histogram as a curve over the percentiles: {@code odds} is 2 for one value in two, 100 for one
 * in a hundred, and so on as far as there are values; there the value is {@code values}.
 */
public record Distribution(String name, long count, List<Double> odds, List<Double> values) {
  private static final int POINTS_PER_DECADE = 12;

  public Distribution {
    odds = List.copyOf(odds);
    values = List.copyOf(values);
  }

  /** One in {@code odds} values is at least so great. */
  static Distribution ofGreatest(String name, Histogram histogram, double unit) {
    return of(name, histogram, unit, odds -> 100 - 100 / odds, histogram.getMaxValue());
  }

  /** One in {@code odds} values is at most so great. */
  static Distribution ofLeast(String name, Histogram histogram, double unit) {
    return of(name, histogram, unit, odds -> 100 / odds, histogram.getMinValue());
  }

  @FunctionalInterface
  private interface Percentile {
    double at(double odds);
  }

  private static Distribution of(
      String name, Histogram histogram, double unit, Percentile percentile, long last) {
    List<Double> odds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    long count = histogram.getTotalCount();
    for (int i = 0; Math.pow(10, 1.0 * i / POINTS_PER_DECADE) <= count; i++) {
      double each = Math.pow(10, 1.0 * i / POINTS_PER_DECADE);
      odds.add(each);
      values.add(histogram.getValueAtPercentile(percentile.at(each)) / unit);
    }
    if (count > 1) {
      odds.add((double) count);
      values.add(last / unit);
    }
    return new Distribution(name, count, odds, values);
  }
}
