package dev.bulkdl.report;

import org.HdrHistogram.Histogram;

/**
 * The percentiles of the rate of single connections, in bytes per second, exact to three
 * significant digits. Percentiles are by time: during 10 % of the time in which connections
 * delivered, their rate was at most {@code p10}. All fields are 0 if nothing was measured.
 *
 * @param millis the total delivery time of all connections, in milliseconds
 */
public record RateSummary(
    long millis, long min, long mean, long p1, long p10, long p50, long p90, long p99, long max) {

  static RateSummary of(Histogram rate) {
    if (rate.getTotalCount() == 0) {
      return new RateSummary(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new RateSummary(
        rate.getTotalCount(),
        rate.getMinValue(),
        Math.round(rate.getMean()),
        rate.getValueAtPercentile(1),
        rate.getValueAtPercentile(10),
        rate.getValueAtPercentile(50),
        rate.getValueAtPercentile(90),
        rate.getValueAtPercentile(99),
        rate.getMaxValue());
  }
}
