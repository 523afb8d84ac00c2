package dev.bulkdl.serve.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All jobs at one moment.
 *
 * @param rate bytes a second now
 * @param connections open connections
 * @param active files that are being fetched
 * @param diskFree free bytes where users' files go; empty if unknown
 * @param jobs the number of jobs by state
 * @param plot bytes a second of the last 15 minutes, one point each 5 s
 */
public record Overview(
    long rate,
    int connections,
    int active,
    OptionalLong diskFree,
    Optional<Instant> diskFull,
    Map<JobState, Long> jobs,
    List<Point> plot) {

  /** A rate at a time. */
  public record Point(Instant at, long rate) {}

  public Overview {
    jobs = Map.copyOf(jobs);
    plot = List.copyOf(plot);
  }
}
