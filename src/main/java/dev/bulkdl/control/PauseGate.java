package dev.bulkdl.control;

import dev.bulkdl.model.Hold;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Blocks work while there is a reason to hold it. Passing an open gate costs one volatile read.
 * Thread-safe.
 */
public final class PauseGate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final Map<Hold.Reason, Hold> holds = new EnumMap<>(Hold.Reason.class);
  private volatile boolean closed;

  public boolean isClosed() {
    return closed;
  }

  /**
   * Closes it for this reason.
   *
   * @return false if it is closed for the same reason with the same details
   */
  boolean close(Hold hold) {
    lock.lock();
    try {
      Hold before = holds.get(hold.reason());
      if (before != null && before.why().equals(hold.why())) {
        return false;
      }
      holds.put(hold.reason(), hold);
      closed = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a reason away. It stays closed while there are others.
   *
   * @return the hold that ends; empty if there was none
   */
  Optional<Hold> open(Hold.Reason reason) {
    lock.lock();
    try {
      Optional<Hold> ended = Optional.ofNullable(holds.remove(reason));
      closed = !holds.isEmpty();
      opened.signalAll();
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the reasons why it is closed. */
  List<Hold> holds() {
    lock.lock();
    try {
      return List.copyOf(holds.values());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns at once if the gate is open. Otherwise waits until it opens.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  public void pass(Cancellation cancellation) {
    if (closed) {
      cancellation.interruptibly(this::awaitOpen);
    }
  }

  private void awaitOpen() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (closed) {
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
