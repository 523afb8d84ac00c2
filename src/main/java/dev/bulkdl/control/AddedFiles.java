package dev.bulkdl.control;

import dev.bulkdl.control.Cancellation.Registration;
import dev.bulkdl.model.Download;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Hands files that are added to a run to the work of the run. Files that come before that work has
 * begun are kept for it. Thread-safe.
 */
final class AddedFiles {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Download> early = new ArrayList<>();
  private Predicate<List<Download>> work = this::keep;

  private boolean keep(List<Download> files) {
    early.addAll(files);
    return true;
  }

  /** Returns false if the run has ended. */
  boolean add(List<Download> files) {
    lock.lock();
    try {
      return work.test(files);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets the work, and gives it the files that came earlier. A run that was stopped takes none.
   *
   * @param run takes the files; returns false if it takes none any more
   */
  Registration begin(Predicate<List<Download>> run) {
    lock.lock();
    try {
      work = run;
      if (!early.isEmpty() && work.test(List.copyOf(early))) {
        early.clear();
      }
    } finally {
      lock.unlock();
    }
    return this::end;
  }

  private void end() {
    lock.lock();
    try {
      work = files -> false;
    } finally {
      lock.unlock();
    }
  }
}
