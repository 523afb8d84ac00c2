package dev.bulkdl.event;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A change of state in a run; {@link TransferListener} gives the order in which they come. */
public sealed interface TransferEvent {

  /**
   * The run begins.
   *
   * @param files the number of files, where it is known beforehand, else -1
   */
  record RunStarted(String manifest, Path outputDir, long files, Instant at)
      implements TransferEvent {}

  /**
   * A row of the manifest cannot be fetched as it stands, and the run goes on without it. It counts
   * as a failed file.
   *
   * @param columns the row as far as it could be read
   */
  record RowRejected(long line, Map<String, String> columns, Failure failure)
      implements TransferEvent {}

  /** Work on a file begins; {@code progress} is live until its {@link FileEnded}. */
  record FileStarted(Download download, FileProgress progress) implements TransferEvent {}

  /**
   * The first connection needs TLS.
   *
   * @param by who encrypts, with its version
   */
  record TlsBegan(String by) implements TransferEvent {}

  /** A TCP connection came about, its TLS handshake not counted. */
  record Connected(Duration took) implements TransferEvent {}

  /**
   * An answer's content has ended, wholly or not.
   *
   * @param bytes of it that came
   * @param took since its request began to be sent over its connection
   */
  record Delivered(Origin origin, long bytes, Duration took) implements TransferEvent {}

  /**
   * The headers of an answer are there, {@code took} after the request was handed over for sending.
   */
  record Answered(Download download, Origin origin, int status, Duration took)
      implements TransferEvent {}

  /**
   * An attempt failed and is repeated.
   *
   * @param attempt failures without progress so far, 0 for one that is repeated free of charge
   * @param delay the wait before the next attempt
   */
  record Retrying(Download download, Origin origin, int attempt, Failure failure, Duration delay)
      implements TransferEvent {}

  /** What was there of a file is of no use: it begins anew. */
  record Restarted(Download download, long discarded, String reason) implements TransferEvent {}

  /** An origin asked to be left alone for a while. */
  record OriginPaused(Origin origin, Duration pause) implements TransferEvent {}

  /** The probe URL cannot be reached: nothing is retried until it can. */
  record OutageBegan() implements TransferEvent {}

  /** The probe URL can be reached again. */
  record OutageEnded(Duration lasted) implements TransferEvent {}

  /** A file has ended. */
  record FileEnded(Download download, Outcome outcome) implements TransferEvent {}

  /** A file that had failed is taken up again by hand; its {@link FileStarted} follows later. */
  record Requeued(Download download, Outcome.Failed was) implements TransferEvent {}

  /** Every file has ended. */
  record RunEnded(Instant at, Duration elapsed) implements TransferEvent {}
}
