package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import java.util.Optional;

/**
 * Counts failures since the last progress. Progress is more bytes than ever before, so a file that
 * starts again and is cut at the same place again and again does not go on for ever. Thread-safe.
 */
final class RetryBudget {

  private int failures;
  private long best;
  private Optional<Origin> waitedFor = Optional.empty();
  private long servedThen;

  /** These bytes were there before the first attempt: they are no progress. */
  synchronized void startFrom(long bytes) {
    best = bytes;
  }

  /**
   * Counts a failure.
   *
   * @param bytes how many bytes of the file are there now
   * @return the number of failures since the last progress, from 1
   */
  synchronized int failed(long bytes) {
    if (bytes > best) {
      best = bytes;
      failures = 0;
    }
    return ++failures;
  }

  /**
   * Notes that an origin asks this file to wait.
   *
   * @param served a number that grows with all that the origin serves in this run
   * @return by how much it has grown since the origin last asked this file to wait
   */
  synchronized long asksToWait(Origin origin, long served) {
    long before = waitedFor.filter(origin::equals).isPresent() ? servedThen : 0;
    waitedFor = Optional.of(origin);
    servedThen = served;
    return served - before;
  }
}
