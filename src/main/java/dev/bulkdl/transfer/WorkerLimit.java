package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The workers of one attempt. The first is always there. Thread-safe. */
final class WorkerLimit {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final int most;
  private final Ticker ticker;
  private volatile int present = 1;
  private volatile int admitted;
  private volatile Trial trial = Trial.NONE;

  /**
   * @param most with the first
   */
  WorkerLimit(int most, Ticker ticker) {
    this.most = most;
    this.ticker = ticker;
    this.admitted = most;
  }

  /** When one more than is admitted may come, on trial; {@code every} is 0 for never. */
  private record Trial(long at, long every) {
    static final Trial NONE = new Trial(0, 0);

    boolean isDue(long now) {
      return every > 0 && now - at >= 0;
    }
  }

  boolean isFull() {
    return present >= admitted && (present >= most || !trial.isDue(ticker.nanos()));
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
      if (present >= admitted) {
        admitted = present + 1;
        trial = new Trial(ticker.nanos() + trial.every, trial.every);
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

  /**
   * A worker that leaves is not replaced, but one more may come each time that this time is over.
   *
   * @param every zero for never
   */
  void admitNoMore(Duration every) {
    lock.lock();
    try {
      admitted = Math.max(1, Math.min(admitted, present - 1));
      trial = new Trial(ticker.nanos() + every.toNanos(), every.toNanos());
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
