package dev.bulkdl.event;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/**
 * A change of state in a run, as plain data. Nothing in an event changes later, so it can be stored
 * or sent to another process. {@link TransferListener} defines the order of events.
 */
public sealed interface TransferEvent {

  /**
   * The run begins.
   *
   * @param id identifies the run among all runs; it sorts by the time of the start
   * @param files the number of files, -1 if it is not known beforehand
   */
  record RunStarted(String id, String manifest, Path outputDir, long files, Instant at)
      implements TransferEvent {

    /** A start with a new id. */
    public static RunStarted now(String manifest, Path outputDir, long files) {
      Instant at = Instant.now();
      String random = UUID.randomUUID().toString().substring(0, 8);
      String time = at.truncatedTo(ChronoUnit.MILLIS).toString().replaceAll("[-:.]", "");
      return new RunStarted(time + "-" + random, manifest, outputDir, files, at);
    }
  }

  /**
   * A row of the manifest cannot be fetched, and the run continues without it. It counts as a
   * failed file.
   *
   * @param columns the cells that could be read
   */
  record RowRejected(long line, Map<String, String> columns, Failure failure)
      implements TransferEvent {}

  /** Work on a file begins. */
  record FileStarted(Download download) implements TransferEvent {}

  /**
   * The first connection with TLS begins.
   *
   * @param by the TLS implementation and its version
   */
  record TlsBegan(String by) implements TransferEvent {}

  /** A TCP connection was established. The time excludes the TLS handshake. */
  record Connected(Duration took) implements TransferEvent {}

  /**
   * The content of a response has ended, completely or not.
   *
   * @param bytes the number of content bytes received
   * @param took the time since the request began to be sent over its connection
   */
  record Delivered(Origin origin, long bytes, Duration took) implements TransferEvent {}

  /**
   * The headers of a response have arrived. {@code took} starts when the request was handed over
   * for sending.
   */
  record Answered(Download download, Origin origin, int status, Duration took)
      implements TransferEvent {}

  /**
   * An attempt failed and is repeated.
   *
   * @param attempt the number of failures without progress so far; 0 if this failure does not count
   * @param retries the number of such failures after which the file fails for good
   * @param delay the wait before the next attempt
   */
  record Retrying(
      Download download, Origin origin, int attempt, int retries, Failure failure, Duration delay)
      implements TransferEvent {}

  /** The existing bytes of a file are useless. The download restarts from byte 0. */
  record Restarted(Download download, long discarded, String reason) implements TransferEvent {}

  /** An origin asked for a pause. All requests to it wait. */
  record OriginPaused(Origin origin, Duration pause, Failure cause) implements TransferEvent {}

  /** The run pauses, or pauses for one more reason. A hold with other details replaces it. */
  record HoldBegan(Hold hold) implements TransferEvent {}

  /** A reason why the run pauses is gone. It goes on if it was the last one. */
  record HoldEnded(Hold hold) implements TransferEvent {}

  /** The schedule has ended the run before all of its files have ended. */
  record EndedEarly(String why) implements TransferEvent {}

  /** The probe URL cannot be reached. Retries wait until it can be reached again. */
  record OutageBegan() implements TransferEvent {}

  /** The probe URL can be reached again. */
  record OutageEnded(Duration lasted) implements TransferEvent {}

  /** A file has ended. */
  record FileEnded(Download download, Outcome outcome) implements TransferEvent {}

  /** The user queued a failed file again. Its {@link FileStarted} follows later. */
  record Requeued(Download download, Outcome.Failed was) implements TransferEvent {}

  /** Every file has ended. */
  record RunEnded(Instant at, Duration elapsed) implements TransferEvent {}
}
