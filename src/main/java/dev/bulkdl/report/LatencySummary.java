package dev.bulkdl.report;

import org.HdrHistogram.Histogram;

/**
 * What a histogram says of a latency; all but {@code count} in milliseconds, exact to three digits.
 * Without a measurement everything is 0.
 */
public record LatencySummary(
    long count,
    double min,
    double mean,
    double p50,
    double p90,
    double p99,
    double p999,
    double max) {

  /** The summary of nothing. */
  public static final LatencySummary EMPTY = new LatencySummary(0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * Sums a histogram up.
   *
   * @param perMilli how many of its units are a millisecond
   */
  public static LatencySummary of(Histogram histogram, double perMilli) {
    if (histogram.getTotalCount() == 0) {
      return EMPTY;
    }
    return new LatencySummary(
        histogram.getTotalCount(),
        histogram.getMinValue() / perMilli,
        Math.round(histogram.getMean()) / perMilli,
        histogram.getValueAtPercentile(50) / perMilli,
        histogram.getValueAtPercentile(90) / perMilli,
        histogram.getValueAtPercentile(99) / perMilli,
        histogram.getValueAtPercentile(99.9) / perMilli,
        histogram.getMaxValue() / perMilli);
  }
}
