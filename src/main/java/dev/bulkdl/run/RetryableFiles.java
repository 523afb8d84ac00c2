package dev.bulkdl.run;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Keeps the newest failed files, which can be tried again. Thread-safe. */
final class RetryableFiles {

  /** The maximum number of kept files. With their rows of the manifest they need a few MiB. */
  static final int KEPT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<FailedFile> newest = new ArrayDeque<>();

  /** A file and its failure. */
  record FailedFile(Download download, Outcome.Failed outcome) {}

  /** Reports a failure and keeps the file, both under the lock. {@link #take} waits for this. */
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

  /** Returns these of the kept files, the oldest first, and forgets them. */
  List<FailedFile> take(Predicate<TargetName> which) {
    lock.lock();
    try {
      List<FailedFile> taken =
          newest.stream().filter(file -> which.test(file.download().target())).toList();
      newest.removeIf(file -> which.test(file.download().target()));
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
