package dev.bulkdl.serve.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job at one moment.
 *
 * @param owner the id of its user
 * @param reason why it does not work, such as {@code disk}; empty if it works or has ended
 * @param since when the state began
 * @param until when the state ends by itself, if that is known
 * @param hint what can be done about it, for people
 * @param priority jobs with a higher one start first and get more of the connections
 * @param position its place in the queue, from 1; 0 if it has ended
 * @param bytes the size of all files as far as it is known
 * @param done the bytes that are there
 * @param counts the rows by state; the sum is {@code rows}
 * @param rate bytes a second now
 * @param connections open connections now
 */
public record Job(
    String id,
    String name,
    String note,
    String owner,
    String ownerName,
    JobState state,
    Optional<String> reason,
    Instant since,
    Optional<Instant> until,
    Optional<String> hint,
    int priority,
    long position,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    long rows,
    long bytes,
    long done,
    Map<FileState, Long> counts,
    long rate,
    int connections,
    Optional<Duration> eta,
    String folder,
    JobLimits limits,
    JobSchedule schedule) {

  public Job {
    counts = Map.copyOf(counts);
  }
}
