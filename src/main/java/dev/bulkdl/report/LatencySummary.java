package dev.bulkdl.report;

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
}
