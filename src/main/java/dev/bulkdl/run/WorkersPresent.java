package dev.bulkdl.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the workers of a run: the thread that admits files, which is counted from the start, and
 * each file. The run is over when the count reaches 0. After that no worker can enter. Thread-safe.
 */
final class WorkersPresent {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private long present = 1;

  /** Counts one more worker. Returns false if the run is over. */
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

  /**
   * Starts the work of a worker that has entered, on a virtual thread. The worker leaves when the
   * work has ended, or at once if the thread cannot start.
   */
  void start(String name, Runnable work) {
    boolean started = false;
    try {
      Thread.ofVirtual()
          .name(name)
          .start(
              () -> {
                try {
                  work.run();
                } finally {
                  leave();
                }
              });
      started = true;
    } finally {
      if (!started) {
        leave();
      }
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
