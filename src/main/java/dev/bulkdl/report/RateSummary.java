package dev.bulkdl.report;

import org.HdrHistogram.Histogram;

/**
 * What a histogram says of the rate of connections; all but {@code millis} in bytes per second,
 * exact to three digits. A percentile is one of time: for 10 % of the time that connections
 * delivered, they were no faster than {@code p10}. Without a measurement everything is 0.
 *
 * @param millis how long connections delivered, all together
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
