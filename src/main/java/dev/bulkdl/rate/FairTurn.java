package dev.bulkdl.rate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time take bytes. Threads of one flow come in their order. Flows share the
 * bytes by weight, however many threads each has: the next is the flow that has taken least for its
 * weight (start-time fair queueing). A flow that had nothing to take for a while does not get that
 * back. Thread-safe.
 */
final class FairTurn {

  /** A flow that comes back a little late has lost nothing. */
  private static final int LATE_PIECES = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Flow> waiting = new LinkedHashSet<>();
  private boolean taken;

  /** What the flow in service had taken for its weight when its turn came. */
  private double now;

  private volatile int waiters;

  /** The bytes of one run. */
  static final class Flow {

    private final int weight;
    private final Deque<Waiter> threads = new ArrayDeque<>();
    private double finish;

    /**
     * @param weight how much it gets beside others, at least 1
     */
    Flow(int weight) {
      this.weight = weight;
    }
  }

  private record Waiter(Condition turn, int bytes) {}

  /**
   * Waits for the turn. The caller calls {@link #leave} afterwards.
   *
   * @param bytes how many it takes
   */
  void enter(Flow flow, int bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Waiter self = new Waiter(lock.newCondition(), bytes);
      flow.threads.addLast(self);
      waiting.add(flow);
      count(1);
      try {
        while (taken || next() != self) {
          self.turn.await();
        }
        begin(flow, bytes);
      } catch (InterruptedException e) {
        remove(flow, self);
        wakeNext();
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void begin(Flow flow, int bytes) {
    double piece = (double) bytes / flow.weight;
    double start = Math.max(flow.finish, now - LATE_PIECES * piece);
    flow.finish = start + piece;
    now = Math.max(now, start);
    remove(flow, flow.threads.getFirst());
    taken = true;
  }

  private void remove(Flow flow, Waiter waiter) {
    flow.threads.remove(waiter);
    count(-1);
    if (flow.threads.isEmpty()) {
      waiting.remove(flow);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  private void count(int by) {
    waiters += by;
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
    Waiter next = taken ? null : next();
    if (next != null) {
      next.turn.signal();
    }
  }

  private @Nullable Waiter next() {
    Flow best = null;
    double least = 0;
    for (Flow flow : waiting) {
      double piece = (double) flow.threads.getFirst().bytes / flow.weight;
      double start = Math.max(flow.finish, now - LATE_PIECES * piece);
      if (best == null || start < least) {
        best = flow;
        least = start;
      }
    }
    return best == null ? null : best.threads.getFirst();
  }

  /** Returns the number of threads that wait. */
  int waiters() {
    return waiters;
  }

  /** Returns whether no thread has the turn or waits for it. */
  boolean isIdle() {
    lock.lock();
    try {
      return !taken && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
