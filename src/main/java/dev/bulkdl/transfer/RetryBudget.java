package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import java.util.Optional;

/**
 * Counts failures since the last progress. Progress means more bytes than ever before. So a file
 * that starts again and breaks at the same place each time is not retried for ever. Thread-safe.
 */
final class RetryBudget {

  private int failures;
  private long maxBytes;
  private Optional<Origin> waitedFor = Optional.empty();
  private long servedThen;

  /** Sets the bytes that exist before the first attempt; they are no progress. */
  synchronized void startFrom(long bytes) {
    maxBytes = bytes;
  }

  /**
   * Counts a failure.
   *
   * @param bytes the number of bytes of the file that are written now
   * @return the number of failures since the last progress, from 1
   */
  synchronized int failed(long bytes) {
    if (bytes > maxBytes) {
      maxBytes = bytes;
      failures = 0;
    }
    return ++failures;
  }

  /**
   * Notes that an origin asks this file to wait.
   *
   * @param served a counter that grows with everything that the origin serves in this run
   * @return the growth of the counter since the origin last asked this file to wait
   */
  synchronized long asksToWait(Origin origin, long served) {
    long before = waitedFor.filter(origin::equals).isPresent() ? servedThen : 0;
    waitedFor = Optional.of(origin);
    servedThen = served;
    return served - before;
  }
}
