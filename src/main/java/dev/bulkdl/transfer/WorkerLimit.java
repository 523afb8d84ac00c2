package dev.bulkdl.transfer;

import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** Limits the workers of one attempt. The first worker is always present. Thread-safe. */
final class WorkerLimit {

  /** All that {@code most} allows are admitted. */
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final IntSupplier most;
  private final Ticker ticker;
  private volatile int present = 1;
  private volatile int admitted = UNLIMITED;
  private volatile Trial trial = Trial.NONE;

  /**
   * @param most returns the largest number of workers now, the first one included
   */
  WorkerLimit(IntSupplier most, Ticker ticker) {
    this.most = most;
    this.ticker = ticker;
  }

  /**
   * When one worker more than admitted can enter, as a trial.
   *
   * @param at the time of the next trial in nanoseconds
   * @param every the nanoseconds between trials; 0 for never
   */
  private record Trial(long at, long every) {
    static final Trial NONE = new Trial(0, 0);

    boolean isDue(long now) {
      return every > 0 && now - at >= 0;
    }
  }

  boolean isFull() {
    int now = present;
    return now >= most.getAsInt() || (now >= admitted && !trial.isDue(ticker.nanos()));
  }

  boolean isAlone() {
    return present == 1;
  }

  /** Returns false if no worker can enter. */
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
   * Stops admitting: a worker that leaves is not replaced. One more can enter after each {@code
   * every}.
   *
   * @param every the time between trials; zero for never
   */
  void stopAdmitting(Duration every) {
    lock.lock();
    try {
      admitted = Math.max(1, Math.min(admitted, present - 1));
      trial = new Trial(ticker.nanos() + every.toNanos(), every.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** Admits the full number of workers again. */
  void resumeAdmitting() {
    lock.lock();
    try {
      admitted = UNLIMITED;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until only the first worker is left. */
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
