package dev.bulkdl.board;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.Forecast;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A snapshot of everything that the board shows.
 *
 * @param now time since the run began
 * @param title the manifest's name
 * @param forecast what is left of the run
 * @param files the active files, in the order in which they became active
 * @param queue the files that wait for a connection
 * @param done the files that have ended without a failure, newest first
 * @param notice what the run waits for, or which hosts are paused
 * @param troubles failed files and failed attempts, newest first
 * @param log events, newest first
 */
public record BoardModel(
    Duration now,
    String title,
    State state,
    RunProgress progress,
    Speed speed,
    Forecast forecast,
    List<FileRow> files,
    List<HostRow> hosts,
    List<QueueRow> queue,
    List<DoneRow> done,
    Optional<String> notice,
    List<Trouble> troubles,
    List<LogRow> log) {

  public BoardModel {
    files = List.copyOf(files);
    hosts = List.copyOf(hosts);
    queue = List.copyOf(queue);
    done = List.copyOf(done);
    troubles = List.copyOf(troubles);
    log = List.copyOf(log);
  }

  /** What the run is doing. */
  public enum State {
    RUNNING,
    PAUSED,
    /** The probe URL cannot be reached, so no request is sent. */
    OFFLINE,
    STOPPING
  }

  /**
   * Rates in bytes per second.
   *
   * @param now over the last seconds
   * @param mean over the whole run
   * @param history over the last minutes, newest last
   */
  public record Speed(long now, long mean, List<Long> history) {
    public Speed {
      history = List.copyOf(history);
    }
  }

  /** A file that waits for a connection. */
  public record QueueRow(String name, TargetName target) {}

  /**
   * A file that has ended without a failure.
   *
   * @param at when it ended, since the run began
   * @param size its length, or what is there of a cancelled file
   * @param took from its first connection to its end
   */
  public record DoneRow(Duration at, String name, String status, long size, Duration took) {}

  /** An active file, or one that the user paused, and its rate in bytes per second. */
  public record FileRow(String name, FileSnapshot file, long rate) {

    TargetName target() {
      return file.download().target();
    }

    /** Whether the user paused this file. */
    boolean isPaused() {
      return file.connections() == 0;
    }

    Optional<Duration> eta() {
      return rate <= 0 || isPaused() || file.total().isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(Math.ceilDiv(missing(), rate)));
    }

    private long missing() {
      return Math.max(0, file.total().orElse(0) - file.bytes());
    }
  }

  /**
   * An origin in use.
   *
   * @param rate in bytes per second
   * @param pausedFor the rest of its pause, if it ends by itself
   */
  public record HostRow(HostSnapshot host, long rate, Optional<Duration> pausedFor) {}

  /**
   * A failed file or a failed attempt.
   *
   * @param name the file's name, or the manifest line that could not be read; unchanged, so it may
   *     hold secrets and control characters
   * @param nextTry when the next attempt starts, since the run began; empty if the file has failed
   *     for good
   */
  public record Trouble(String name, Failure failure, Optional<Duration> nextTry) {}

  /** An event and its time since the run began. The text is built only when the log is shown. */
  public record LogRow(Duration at, Supplier<String> text) {}
}
