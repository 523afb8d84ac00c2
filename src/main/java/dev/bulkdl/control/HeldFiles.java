package dev.bulkdl.control;

import dev.bulkdl.model.TargetName;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The files that the user paused one by one. Thread-safe. */
final class HeldFiles {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Set<TargetName> held = new HashSet<>();

  boolean add(TargetName target) {
    lock.lock();
    try {
      return held.add(target);
    } finally {
      lock.unlock();
    }
  }

  boolean contains(TargetName target) {
    lock.lock();
    try {
      return held.contains(target);
    } finally {
      lock.unlock();
    }
  }

  boolean release(TargetName target) {
    lock.lock();
    try {
      boolean was = held.remove(target);
      released.signalAll();
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the file is not held any more. */
  void awaitRelease(TargetName target) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (held.contains(target)) {
        released.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
