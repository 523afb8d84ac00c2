package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.ContentDigest;
import dev.bulkdl.model.Algorithm;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.RangeSupport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The state of one file while its content is fetched, over all attempts. It is the same for every
 * target; {@link TransferState} adds the partial file. Thread-safe.
 */
sealed class ContentState permits TransferState {

  private final Download download;
  private final FileProgress progress;
  private final Cancellation cancellation;
  private final ContentDigest digest;
  private final RetryBudget budget = new RetryBudget();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicInteger mostConnections = new AtomicInteger();
  private volatile RangeSupport ranges = RangeSupport.UNKNOWN;
  private volatile long resumed;
  private volatile long discarded;

  /**
   * @param hash an algorithm that is computed in addition to those of the download
   */
  ContentState(
      Download download,
      Optional<Algorithm> hash,
      FileProgress progress,
      Cancellation cancellation) {
    this.download = download;
    this.progress = progress;
    this.cancellation = cancellation;
    this.digest = new ContentDigest(download.checksums(), hash);
  }

  Download download() {
    return download;
  }

  FileProgress progress() {
    return progress;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  ContentDigest digest() {
    return digest;
  }

  RetryBudget budget() {
    return budget;
  }

  RangeSupport ranges() {
    return ranges;
  }

  void learnRanges(RangeSupport answered) {
    ranges = answered;
  }

  /** Counts a request, sent by a worker that has a connection. */
  void countRequest() {
    mostConnections.accumulateAndGet(progress.connections(), Math::max);
  }

  /** Counts that the file continues after a failure, or starts again. */
  void countRepeat() {
    repeats.incrementAndGet();
  }

  /** Starts with this number of bytes, which are present before the first request. */
  void resume(long bytes) {
    resumed = bytes;
    budget.startFrom(bytes);
    progress.restartFrom(bytes);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // by the file's own thread only, between attempts
  void countDiscarded(long bytes) {
    discarded += bytes;
  }

  /** Discards all bytes from the counters and the hash. */
  void loseAll() {
    countDiscarded(progress.bytes());
    resumed = 0;
    digest.reset();
    progress.restartFrom(0);
  }

  /** Returns the outcome of a failed file, with the work so far. */
  Outcome failed(Failure failure) {
    return new Outcome.Failed(failure, effort());
  }

  /** Returns the work so far, since the first connection. */
  Outcome.Effort effort() {
    Duration elapsed = progress.sinceFirstConnection().orElse(Duration.ZERO);
    long kept = progress.bytes() - resumed;
    int segments = mostConnections.get();
    int attempts = segments == 0 ? 0 : 1 + repeats.get();
    return new Outcome.Effort(kept, resumed, discarded, attempts, segments, ranges, elapsed);
  }
}
