package dev.bulkdl.plan;

import java.util.PriorityQueue;

/**
 * The space that files of known size take at the most while a run goes on. Complete files that are
 * replaced and partial files that are of no use stay until the new file is there, so their space
 * counts as taken. For one thread.
 */
final class SpaceNeed {

  private final int atOnce;
  private long together;
  private long complete;

  /** What the largest files still need beside the complete ones, the smallest of these first. */
  private final PriorityQueue<Long> largest = new PriorityQueue<>();

  /**
   * @param atOnce how many partial files grow at one time
   */
  SpaceNeed(int atOnce) {
    this.atOnce = atOnce;
  }

  /** Adds a file of this size that is to be fetched. */
  void add(PlannedAction action, long size) {
    long missing = Math.max(0, size - action.present() - action.reserved());
    together = Sums.plus(together, missing);
    boolean adopts = action instanceof PlannedAction.Continue;
    complete = Sums.plus(complete, adopts ? missing : size);
    largest.add(adopts ? size : missing);
    if (largest.size() > atOnce) {
      largest.remove();
    }
  }

  /** Where partial and complete files share a file system. */
  long together() {
    return together;
  }

  /** For complete files, where partial ones are on another file system. */
  long complete() {
    return complete;
  }

  /** For partial files on a file system of their own, which they leave one after another. */
  long partial() {
    return largest.stream().reduce(0L, Sums::plus);
  }
}
