package dev.bulkdl.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The upper bounds of histogram buckets. They extend the defaults of the Prometheus client for
 * requests to longer times.
 */
final class Buckets {

  /** For requests: from one millisecond to a server's timeouts. */
  static final List<Duration> REQUEST =
      millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

  /** For whole files: from a tenth of a second to a day. */
  static final List<Duration> FILE =
      millis(
          100,
          500,
          1_000,
          5_000,
          15_000,
          60_000,
          300_000,
          900_000,
          3_600_000,
          14_400_000,
          86_400_000);

  private Buckets() {}

  private static List<Duration> millis(long... bounds) {
    return LongStream.of(bounds).mapToObj(Duration::ofMillis).toList();
  }
}
