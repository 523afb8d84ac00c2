package dev.bulkdl.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is at work in a run: whoever reads its files, from the beginning, and each file. When nobody
 * is left the run is over, and nobody comes any more. Thread-safe.
 */
final class WorkersPresent {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private long present = 1;

  /** One more is at work; false when the run is over. */
  boolean enter() {
    lock.lock();
    try {
      if (present == 0) {
        return false;
      }
      present++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      present--;
      if (present == 0) {
        over.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the run is over. */
  void awaitNobody() {
    lock.lock();
    try {
      while (present > 0) {
        over.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
