package dev.bulkdl.bench;

import dev.bulkdl.report.LatencySummary;
import dev.bulkdl.report.RunReport;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, in nanoseconds, exact to three digits. */
record Latencies(Histogram connect, Histogram firstByte, Histogram file) {

  private static final int DIGITS = 3;
  private static final long HIGHEST = TimeUnit.DAYS.toNanos(7);
  private static final double NANOS_PER_MILLI = 1e6;

  /** Empty, to be recorded into by any number of threads at once. */
  static Latencies recording() {
    return new Latencies(concurrent(), concurrent(), concurrent());
  }

  private static Histogram concurrent() {
    return new ConcurrentHistogram(1, HIGHEST, DIGITS);
  }

  /** What lasts longer than a week counts as a week. */
  static void record(Histogram into, Duration took) {
    boolean fits = took.compareTo(Duration.ofNanos(HIGHEST)) < 0;
    into.recordValue(fits ? Math.max(0, took.toNanos()) : HIGHEST);
  }

  /** All of these together, no larger than their values need. */
  static Latencies sum(Iterable<Latencies> parts) {
    Latencies sum =
        new Latencies(new Histogram(DIGITS), new Histogram(DIGITS), new Histogram(DIGITS));
    for (Latencies part : parts) {
      sum.connect.add(part.connect);
      sum.firstByte.add(part.firstByte);
      sum.file.add(part.file);
    }
    return sum;
  }

  /** In milliseconds, as report.json has them. */
  RunReport.Latencies millis() {
    return new RunReport.Latencies(
        LatencySummary.of(connect, NANOS_PER_MILLI),
        LatencySummary.of(firstByte, NANOS_PER_MILLI),
        LatencySummary.of(file, NANOS_PER_MILLI));
  }
}
