package dev.bulkdl.control;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Blocks work while it is closed. Passing an open gate costs one volatile read. Thread-safe. */
public final class PauseGate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private volatile boolean closed;

  public boolean isClosed() {
    return closed;
  }

  public void close() {
    closed = true;
  }

  public void open() {
    lock.lock();
    try {
      closed = false;
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
