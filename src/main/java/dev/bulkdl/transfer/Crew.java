package dev.bulkdl.transfer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The workers of one round, of which the first is always there. Thread-safe. */
final class Crew {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final int most;
  private volatile int present = 1;
  private volatile int admitted;

  Crew(int most) {
    this.most = most;
    this.admitted = most;
  }

  boolean isFull() {
    return present >= admitted;
  }

  boolean isAlone() {
    return present == 1;
  }

  /** False when there are as many as may be. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  boolean enter() {
    lock.lock();
    try {
      if (isFull()) {
        return false;
      }
      present++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  void leave() {
    lock.lock();
    try {
      present--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever leaves is not replaced. */
  void admitNoMore() {
    lock.lock();
    try {
      admitted = Math.max(1, Math.min(admitted, present - 1));
    } finally {
      lock.unlock();
    }
  }

  /** As many may come again as at first. */
  void admitAgain() {
    lock.lock();
    try {
      admitted = most;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when only the first is left. */
  void awaitAlone() {
    lock.lock();
    try {
      while (present > 1) {
        left.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
