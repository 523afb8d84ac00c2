package dev.bulkdl.event;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.TransferMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of a run at one moment.
 *
 * @param files the number of files of the whole run, -1 if unknown
 * @param received bytes received in this run
 * @param expected bytes that are still missing, as far as known: of active files, and of files to
 *     come whose size is in the manifest; a lower bound
 * @param unsized the number of files that have not ended and whose length is not known yet; 0 if
 *     the number of files is unknown
 * @param meanLength the mean length of the run's files whose length is known
 * @param holds the reasons why the run pauses
 * @param stopped whether the run was stopped; its unfinished files then end as cancelled
 * @param retries the number of failed attempts that were repeated
 * @param connections connections that are open for content now; over HTTP/2, several files share
 *     one
 * @param allowed the number of allowed connections: the total limit, or the limit per origin times
 *     the origins in use if that is lower
 * @param freeSpace bytes that can still be written in the output folder, measured every few
 *     seconds; empty if the file system does not report it
 * @param hosts the origins that have a connection or a pause now
 * @param active the files that are being fetched now, and those that the user paused one by one,
 *     which have no connection
 */
public record RunProgress(
    Duration elapsed,
    long files,
    long completed,
    long skipped,
    long failed,
    long cancelled,
    long received,
    long expected,
    long unsized,
    OptionalLong meanLength,
    List<Hold> holds,
    boolean stopped,
    long retries,
    int connections,
    int allowed,
    OptionalLong freeSpace,
    List<HostSnapshot> hosts,
    List<FileSnapshot> active) {

  /** The state of a run before anything is known. */
  public static final RunProgress NOTHING_YET =
      new RunProgress(
          Duration.ZERO,
          -1,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          OptionalLong.empty(),
          List.of(),
          false,
          0,
          0,
          0,
          OptionalLong.empty(),
          List.of(),
          List.of());

  public RunProgress {
    holds = List.copyOf(holds);
    hosts = List.copyOf(hosts);
    active = List.copyOf(active);
  }

  /** Returns true while the run pauses. */
  public boolean paused() {
    return !holds.isEmpty();
  }

  /** Returns the number of files that have ended, with any outcome. */
  public long ended() {
    return completed + skipped + failed + cancelled;
  }

  /**
   * The state of one origin at that moment. Its counters start when the run first uses it.
   *
   * @param allowed the number of connections that it can have now
   * @param reason why it is this number, in a few words for people
   * @param received bytes received from it
   * @param errors the number of requests that failed or whose response was incomplete
   * @param hold why no request goes to it now
   */
  public record HostSnapshot(
      Origin origin,
      int connections,
      int allowed,
      String reason,
      long received,
      long errors,
      Optional<Hold> hold) {

    /** Returns how long the hold lasts from this time on; empty without one, or if unknown. */
    public Optional<Duration> pausedFor(Instant now) {
      return hold.flatMap(Hold::until)
          .map(until -> Duration.between(now, until))
          .filter(Duration::isPositive);
    }
  }

  /** The state of one active file at that moment. */
  public record FileSnapshot(
      Download download,
      long bytes,
      OptionalLong total,
      double percent,
      TransferMode mode,
      int connections,
      SegmentLayout layout) {}
}
