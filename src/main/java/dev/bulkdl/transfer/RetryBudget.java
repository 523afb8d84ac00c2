package dev.bulkdl.transfer;

/**
 * Counts failures since the last progress. Progress is more bytes than ever before, so a file that
 * begins anew and is cut at the same place again and again does not go on for ever. Thread-safe.
 */
final class RetryBudget {

  private int failures;
  private long best;

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
}
