package dev.bulkdl.rate;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes of content that some runs together may still take. A connection takes them before it
 * hands content on, so no byte more is written. When nothing is left, connections wait for more.
 * Thread-safe.
 */
public final class ByteAllowance {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Runnable whenSpent;
  private long left;
  private boolean wanting;

  /**
   * @param whenSpent is called when a connection wants bytes and none are left; it returns soon
   */
  public ByteAllowance(long bytes, Runnable whenSpent) {
    this.left = bytes;
    this.whenSpent = whenSpent;
  }

  /** Adds bytes; a negative number takes some away. */
  public void add(long bytes) {
    lock.lock();
    try {
      left += bytes;
      wanting = wanting && left <= 0;
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a connection wants bytes and none are left. */
  public boolean isSpent() {
    lock.lock();
    try {
      return wanting;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes bytes; waits as long as none are left.
   *
   * @param wanted at least 1
   * @return how many of them, at least 1
   * @throws InterruptedException when the thread was interrupted
   */
  int take(int wanted) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (left <= 0) {
        wanting = true;
        whenSpent.run();
        more.await();
      }
      int taken = (int) Math.min(wanted, left);
      left -= taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
