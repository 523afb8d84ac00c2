package dev.bulkdl.report;

import org.HdrHistogram.Histogram;

/**
 * The percentiles of a latency in milliseconds, exact to three significant digits; {@code count} is
 * the number of values. All fields are 0 if nothing was measured.
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

  /** The summary of an empty histogram. */
  public static final LatencySummary EMPTY = new LatencySummary(0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * Summarises a histogram.
   *
   * @param perMilli the number of histogram units in a millisecond
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
