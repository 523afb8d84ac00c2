package dev.bulkdl.transfer;

import dev.bulkdl.transfer.AttemptEnd.Why;

/**
 * How often one file was started again, and why. It decides when that is too often. For one thread.
 */
final class Restarts {

  /** A file that changes more often under our hands is asked for as a whole, without ranges. */
  private static final int MOST_CHANGES = 2;

  private int changes;
  private int overwrites;
  private boolean plain;
  private boolean mismatched;

  /** Whether the whole file is asked for, without a range. */
  boolean isPlain() {
    return plain;
  }

  /**
   * Counts that the file starts again.
   *
   * @return false when there is no other way left to ask for it
   */
  boolean mayStartAgain(Why why) {
    if (plain && why == Why.NO_RANGES) {
      return false;
    }
    if (why == Why.CHANGED) {
      changes++;
    }
    plain = plain || why == Why.NO_RANGES || changes > MOST_CHANGES;
    return true;
  }

  /** The closing check found another version; false when it did so too often. */
  boolean mayStartAgainAfterOverwrite() {
    overwrites++;
    return overwrites <= MOST_CHANGES;
  }

  /** How often the closing check found another version. */
  int overwrites() {
    return overwrites;
  }

  /** A wrong hash may be the network's fault once. */
  boolean mayStartAgainAfterMismatch() {
    boolean before = mismatched;
    mismatched = true;
    return !before;
  }
}
