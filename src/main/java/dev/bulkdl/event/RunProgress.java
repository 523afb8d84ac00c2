package dev.bulkdl.event;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Mode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A run at one moment.
 *
 * @param files the number of files of the whole run, -1 where it is not known
 * @param received bytes that the network has delivered in this run
 * @param expected bytes that are known to be still missing from files that are active, and from
 *     sizes given in the manifest for those to come; a lower bound
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
    List<FileSnapshot> active) {

  public RunProgress {
    active = List.copyOf(active);
  }

  /** Files that have ended, in whatever way. */
  public long ended() {
    return completed + skipped + failed + cancelled;
  }

  /** One active file at that moment. */
  public record FileSnapshot(
      Download download,
      long bytes,
      OptionalLong total,
      double percent,
      Mode mode,
      int connections) {

    /** What the live counters say now. */
    public static FileSnapshot of(FileProgress live) {
      return new FileSnapshot(
          live.download(),
          live.bytes(),
          live.total(),
          live.percent(),
          live.mode(),
          live.connections());
    }
  }
}
