package dev.bulkdl.board;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.TargetName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * All that the board shows, at one moment.
 *
 * @param now the time of the run
 * @param title the manifest's name
 * @param missing bytes that are still to come, where that can be told
 * @param files those that are active, in the order in which they became so
 * @param troubles failures and attempts that failed, newest first
 * @param log what happened, newest first
 */
public record BoardModel(
    Duration now,
    String title,
    State state,
    RunProgress progress,
    Speed speed,
    OptionalLong missing,
    List<FileRow> files,
    List<HostRow> hosts,
    List<Trouble> troubles,
    List<LogRow> log) {

  public BoardModel {
    files = List.copyOf(files);
    hosts = List.copyOf(hosts);
    troubles = List.copyOf(troubles);
    log = List.copyOf(log);
  }

  /** What the run does. */
  public enum State {
    RUNNING,
    PAUSED,
    /** Nothing is asked while the probe URL cannot be reached. */
    OFFLINE,
    STOPPING
  }

  /**
   * Rates in bytes per second.
   *
   * @param now over the last seconds
   * @param mean over the whole run
   * @param history over the last minutes, newest last
   * @param eta until the end of the run, where that can be told
   */
  public record Speed(long now, long mean, List<Long> history, Optional<Duration> eta) {
    public Speed {
      history = List.copyOf(history);
    }
  }

  /** An active file, and the bytes per second that it gets. */
  public record FileRow(String name, FileSnapshot file, long rate) {

    TargetName target() {
      return file.download().target();
    }

    Optional<Duration> eta() {
      return rate <= 0 || file.total().isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Math.ceilDiv(missing(), rate)));
    }

    private long missing() {
      return Math.max(0, file.total().orElse(0) - file.bytes());
    }
  }

  /** An origin in use, and the bytes per second that it delivers. */
  public record HostRow(HostSnapshot host, long rate) {}

  /**
   * A file that failed, or an attempt at one.
   *
   * @param name the file's, or the line of the manifest that could not be read; as it was given
   * @param nextTry the time of the run when it is tried again; empty where the file has failed
   */
  public record Trouble(String name, Failure failure, Optional<Duration> nextTry) {}

  /** What happened at a time of the run, as text for those who look at it. */
  public record LogRow(Duration at, Supplier<String> text) {}
}
