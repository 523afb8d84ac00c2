package dev.bulkdl.control;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds work back while it is closed. Thread-safe; passing an open gate is one volatile read. */
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
   * Returns at once where the gate is open, else when it opens.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop
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
