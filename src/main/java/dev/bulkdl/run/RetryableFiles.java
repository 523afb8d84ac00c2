package dev.bulkdl.run;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The files that have failed and may be taken up again, the newest of them. Thread-safe. */
final class RetryableFiles {

  /** With their manifest's rows they need a few MiB, however many fail. */
  static final int KEPT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<FailedFile> newest = new ArrayDeque<>();

  /** A file and how it failed. */
  record FailedFile(Download download, Outcome.Failed outcome) {}

  /** Tells of a failure and keeps the file; whoever takes the files meanwhile waits for that. */
  void add(Download download, Outcome.Failed outcome, Runnable tell) {
    lock.lock();
    try {
      tell.run();
      if (newest.size() == KEPT) {
        newest.removeFirst();
      }
      newest.addLast(new FailedFile(download, outcome));
    } finally {
      lock.unlock();
    }
  }

  /** All that are kept, oldest first; they are kept no more. */
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
