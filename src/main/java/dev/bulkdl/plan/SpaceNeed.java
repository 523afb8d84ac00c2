package dev.bulkdl.plan;

import java.util.PriorityQueue;

/**
 * The largest space, in bytes, that files of known size need during a run. Complete files that are
 * replaced and useless partial files stay until the new file is complete, so their space counts as
 * used. Not thread-safe.
 */
final class SpaceNeed {

  private final int atOnce;
  private long together;
  private long complete;

  /** The missing bytes of the largest files; the smallest of these is first. */
  private final PriorityQueue<Long> largest = new PriorityQueue<>();

  /**
   * @param atOnce how many partial files grow at the same time
   */
  SpaceNeed(int atOnce) {
    this.atOnce = atOnce;
  }

  /** Adds a file of this size, in bytes, that is to be fetched. */
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

  /** The need if partial and complete files share a file system. */
  long together() {
    return together;
  }

  /** The need of complete files, if partial ones are on another file system. */
  long complete() {
    return complete;
  }

  /**
   * The need of partial files on a separate file system, where each one is removed when it is
   * complete.
   */
  long partial() {
    return largest.stream().reduce(0L, Sums::plus);
  }
}
