package dev.bulkdl.rate;

import dev.bulkdl.rate.FairQueue.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread at a time take bytes, in the order of a {@link FairQueue}. Thread-safe. */
final class FairTurn {

  private final ReentrantLock lock = new ReentrantLock();
  private final FairQueue<Condition> queue = new FairQueue<>();
  private boolean taken;

  /**
   * Waits for the turn. The caller calls {@link #leave} afterwards.
   *
   * @param bytes how many it takes
   */
  void enter(Flow flow, int bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!taken && queue.size() == 0) {
        take(flow, lock.newCondition(), bytes);
      } else {
        await(flow, lock.newCondition(), bytes);
      }
      taken = true;
    } finally {
      lock.unlock();
    }
  }

  private void take(Flow flow, Condition turn, int bytes) {
    queue.add(flow, turn, bytes);
    queue.take();
  }

  private void await(Flow flow, Condition turn, int bytes) throws InterruptedException {
    queue.add(flow, turn, bytes);
    try {
      while (taken || !queue.peek().orElseThrow().equals(turn)) {
        turn.await();
      }
      queue.take();
    } catch (InterruptedException e) {
      queue.remove(flow, turn);
      wakeNext();
      throw e;
    }
  }

  /** Sets how late a flow can come back, as the bytes that all take in this time. */
  void forgive(long bytes) {
    lock.lock();
    try {
      queue.forgive(bytes);
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      taken = false;
      wakeNext();
    } finally {
      lock.unlock();
    }
  }

  private void wakeNext() {
    if (!taken) {
      queue.peek().ifPresent(Condition::signal);
    }
  }

  /** Returns among how many like it one more thread of this flow would share the bytes. */
  double crowd(Flow flow) {
    lock.lock();
    try {
      return queue.crowd(flow);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether no thread has the turn or waits for it. */
  boolean isIdle() {
    lock.lock();
    try {
      return !taken && queue.size() == 0;
    } finally {
      lock.unlock();
    }
  }
}
