package dev.bulkdl.report;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * HdrHistograms of times in nanoseconds and of rates; exact to three significant digits.
 *
 * @param connect time to establish a TCP connection
 * @param firstByte from a request to the headers of its response
 * @param file from a file's first connection to its rename to the final name
 * @param rate bytes per second of response bodies; each millisecond of a body counts as one value
 */
public record Histograms(Histogram connect, Histogram firstByte, Histogram file, Histogram rate) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** A histogram and its name. */
  public record Named(String name, Histogram histogram) {}

  /** The sum of several sets of histograms. */
  public static Histograms sum(Iterable<Histograms> parts) {
    Histograms sum = new Histograms(empty(), empty(), empty(), empty());
    for (Histograms part : parts) {
      sum.connect.add(part.connect);
      sum.firstByte.add(part.firstByte);
      sum.file.add(part.file);
      sum.rate.add(part.rate);
    }
    return sum;
  }

  private static Histogram empty() {
    return new Histogram(Recording.DIGITS);
  }

  /** All four, with their names in a log. */
  public List<Named> named() {
    return List.of(
        new Named("connect", connect),
        new Named("firstByte", firstByte),
        new Named("file", file),
        new Named("rate", rate));
  }

  /** The times in milliseconds, as in report.json. */
  public RunReport.Latencies millis() {
    return new RunReport.Latencies(
        LatencySummary.of(connect, NANOS_PER_MILLI),
        LatencySummary.of(firstByte, NANOS_PER_MILLI),
        LatencySummary.of(file, NANOS_PER_MILLI));
  }

  /** The rates, as in report.json. */
  public RateSummary rates() {
    return RateSummary.of(rate);
  }
}
