package dev.bulkdl.control;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the user paused one by one: files or hosts. Thread-safe.
 *
 * @param <T> names one of them
 */
final class Held<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Map<T, Instant> since = new HashMap<>();
  private volatile boolean empty = true;

  /** Returns true if nothing is held. Costs one volatile read. */
  boolean isEmpty() {
    return empty;
  }

  /** Returns false if it is held already. */
  boolean add(T one) {
    lock.lock();
    try {
      boolean isNew = since.putIfAbsent(one, Instant.now()) == null;
      empty = false;
      return isNew;
    } finally {
      lock.unlock();
    }
  }

  boolean contains(T one) {
    if (empty) {
      return false;
    }
    lock.lock();
    try {
      return since.containsKey(one);
    } finally {
      lock.unlock();
    }
  }

  /** Returns when it began; empty if it is not held. */
  Optional<Instant> since(T one) {
    if (empty) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return Optional.ofNullable(since.get(one));
    } finally {
      lock.unlock();
    }
  }

  /** Returns all that are held, and since when. */
  Map<T, Instant> all() {
    lock.lock();
    try {
      return Map.copyOf(since);
    } finally {
      lock.unlock();
    }
  }

  /** Returns false if it was not held. */
  boolean release(T one) {
    lock.lock();
    try {
      boolean was = since.remove(one) != null;
      empty = since.isEmpty();
      released.signalAll();
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is not held any more. */
  void awaitRelease(T one) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (since.containsKey(one)) {
        released.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
