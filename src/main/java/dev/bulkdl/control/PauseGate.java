package dev.bulkdl.control;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Blocks work while it is closed. Passing an open gate costs one volatile read. Thread-safe. */
public final class PauseGate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private boolean closedByUser;
  private boolean closedBySchedule;
  private volatile boolean closed;

  public boolean isClosed() {
    return closed;
  }

  /** Closes it for the user. */
  public void close() {
    change(() -> closedByUser = true);
  }

  /** Opens it for the user. It stays closed while a schedule keeps it so. */
  public void open() {
    change(() -> closedByUser = false);
  }

  /** Closes it for a schedule. */
  void hold() {
    change(() -> closedBySchedule = true);
  }

  /** Opens it for a schedule. It stays closed while the user keeps it so. */
  void release() {
    change(() -> closedBySchedule = false);
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      closed = closedByUser || closedBySchedule;
      opened.signalAll();
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
