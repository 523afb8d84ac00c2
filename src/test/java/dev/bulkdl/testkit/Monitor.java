package dev.bulkdl.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * State under a lock with a condition. Every wait ends with a change or fails after its time limit.
 */
final class Monitor {
  static final Duration BOUND = Duration.ofMinutes(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  <T> T get(Supplier<T> read) {
    lock.lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  <T> T update(Supplier<T> change) {
    lock.lock();
    try {
      T result = change.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  void change(Runnable change) {
    update(
        () -> {
          change.run();
          return null;
        });
  }

  void await(BooleanSupplier condition, Supplier<String> failure) {
    await(BOUND, condition, failure);
  }

  /** Waits until the condition holds. Both suppliers are called under the lock. */
  void await(Duration bound, BooleanSupplier condition, Supplier<String> failure) {
    lock.lock();
    try {
      long nanos = bound.toNanos();
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          throw new AssertionError(
              "not within " + bound.toSeconds() + " seconds: " + failure.get());
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting: " + failure.get(), e);
    } finally {
      lock.unlock();
    }
  }
}
