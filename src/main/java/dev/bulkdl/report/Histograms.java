package dev.bulkdl.report;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long things took, in nanoseconds, and how fast they came; exact to three digits.
 *
 * @param connect until a TCP connection came about
 * @param firstByte from a request to the headers of its answer
 * @param file from a file's first connection to its final name
 * @param rate bytes per second of the answers' contents, a value for each millisecond of them
 */
public record Histograms(Histogram connect, Histogram firstByte, Histogram file, Histogram rate) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** One of them by its name. */
  public record Named(String name, Histogram histogram) {}

  /** All of these together. */
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

  /** All four, by the names that a log gives them. */
  public List<Named> named() {
    return List.of(
        new Named("connect", connect),
        new Named("firstByte", firstByte),
        new Named("file", file),
        new Named("rate", rate));
  }

  /** The times in milliseconds, as report.json has them. */
  public RunReport.Latencies millis() {
    return new RunReport.Latencies(
        LatencySummary.of(connect, NANOS_PER_MILLI),
        LatencySummary.of(firstByte, NANOS_PER_MILLI),
        LatencySummary.of(file, NANOS_PER_MILLI));
  }

  /** The rates, as report.json has them. */
  public RateSummary rates() {
    return RateSummary.of(rate);
  }
}
