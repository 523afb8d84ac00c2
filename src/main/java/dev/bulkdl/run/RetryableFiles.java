package dev.bulkdl.run;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the newest failed files, which can be tried again. Thread-safe. */
final class RetryableFiles {

  /** The maximum number of kept files. With their rows of the manifest they need a few MiB. */
  static final int KEPT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<FailedFile> newest = new ArrayDeque<>();

  /** A file and its failure. */
  record FailedFile(Download download, Outcome.Failed outcome) {}

  /** Reports a failure and keeps the file, both under the lock. {@link #takeAll} waits for this. */
  void add(Download download, Outcome.Failed outcome, Runnable report) {
    lock.lock();
    try {
      report.run();
      if (newest.size() == KEPT) {
        newest.removeFirst();
      }
      newest.addLast(new FailedFile(download, outcome));
    } finally {
      lock.unlock();
    }
  }

  /** Returns all kept files, the oldest first, and forgets them. */
  List<FailedFile> takeAll() {
    lock.lock();
    try {
      List<FailedFile> all = List.copyOf(newest);
      newest.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
