package dev.bulkdl.control;

import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/** Permits whose number may change while they are taken, so that too many may be. */
final class ResizableSemaphore extends Semaphore {

  private static final long serialVersionUID = 1;

  private final transient IntSupplier wanted;
  private int permits;

  /**
   * @param wanted how many permits there are to be
   */
  ResizableSemaphore(IntSupplier wanted) {
    super(0, true);
    this.wanted = wanted;
    follow();
  }

  /** Has as many permits as are wanted now, for those who wait for one too. */
  synchronized void follow() {
    int more = wanted.getAsInt() - permits;
    permits += more;
    if (more > 0) {
      release(more);
    } else {
      reducePermits(-more);
    }
  }

  boolean isExhausted() {
    return availablePermits() <= 0;
  }

  /** Whether more are taken than there are, be it by those who have no connection yet. */
  boolean isOverdrawn() {
    return availablePermits() < 0;
  }
}
