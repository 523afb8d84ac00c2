package dev.bulkdl.transfer;

import dev.bulkdl.transfer.AttemptEnd.Why;

/**
 * Counts how often one file was started again, and decides when that is too often. Not thread-safe:
 * one thread uses it.
 */
final class Restarts {

  /** After this number of changes the whole file is requested, without ranges. */
  private static final int MAX_CHANGES = 2;

  private int changes;
  private int overwrites;
  private boolean plain;
  private boolean mismatched;

  /** Whether the whole file is requested, without a range. */
  boolean isPlain() {
    return plain;
  }

  /**
   * Counts a restart.
   *
   * @return false if no other way of requesting it is left
   */
  boolean mayStartAgain(Why why) {
    if (plain && why == Why.NO_RANGES) {
      return false;
    }
    if (why == Why.CHANGED) {
      changes++;
    }
    plain = plain || why == Why.NO_RANGES || changes > MAX_CHANGES;
    return true;
  }

  /** Counts a change that the closing check found. Returns false if there were too many. */
  boolean mayStartAgainAfterOverwrite() {
    overwrites++;
    return overwrites <= MAX_CHANGES;
  }

  /** The number of changes that the closing check found. */
  int overwrites() {
    return overwrites;
  }

  /** Returns true at the first call: one wrong hash can be the network's fault. */
  boolean mayStartAgainAfterMismatch() {
    boolean before = mismatched;
    mismatched = true;
    return !before;
  }
}
