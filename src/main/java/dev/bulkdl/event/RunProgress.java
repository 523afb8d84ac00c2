package dev.bulkdl.event;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Mode;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run at one moment.
 *
 * @param files the number of files of the whole run, -1 where it is not known
 * @param received bytes that the network has delivered in this run
 * @param expected bytes that are known to be still missing from files that are active, and from
 *     sizes given in the manifest for those to come; a lower bound
 * @param retries attempts that failed and were repeated
 * @param connections connections that are open for content now
 * @param allowed how many could be: the limit in all, or that for each origin in use if less
 * @param freeSpace bytes that can still be written in the output folder, asked every few seconds;
 *     empty where the file system does not tell
 * @param hosts the origins that have a connection or a pause now
 * @param active the files that are being fetched now
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
    boolean paused,
    long retries,
    int connections,
    int allowed,
    OptionalLong freeSpace,
    List<HostSnapshot> hosts,
    List<FileSnapshot> active) {

  /** A run of which nothing is known yet. */
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
          false,
          0,
          0,
          0,
          OptionalLong.empty(),
          List.of(),
          List.of());

  public RunProgress {
    hosts = List.copyOf(hosts);
    active = List.copyOf(active);
  }

  /** Files that have ended, in whatever way. */
  public long ended() {
    return completed + skipped + failed + cancelled;
  }

  /**
   * One origin at that moment; it counts since it came into use in this run.
   *
   * @param received bytes that it delivered
   * @param errors requests that it did not answer as it should, or not to the end
   * @param pausedFor how much longer it is left alone, since it asked for that
   */
  public record HostSnapshot(
      Origin origin, int connections, long received, long errors, Optional<Duration> pausedFor) {

    /** What the live counters say now. */
    public static HostSnapshot of(HostProgress live, Optional<Duration> pausedFor) {
      return new HostSnapshot(
          live.origin(), live.connections(), live.received(), live.errors(), pausedFor);
    }
  }

  /** One active file at that moment. */
  public record FileSnapshot(
      Download download,
      long bytes,
      OptionalLong total,
      double percent,
      Mode mode,
      int connections,
      SegmentLayout layout) {

    /** What the live counters say now. */
    public static FileSnapshot of(FileProgress live) {
      return new FileSnapshot(
          live.download(),
          live.bytes(),
          live.total(),
          live.percent(),
          live.mode(),
          live.connections(),
          live.layout());
    }
  }
}
