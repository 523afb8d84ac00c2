package dev.bulkdl.control;

import java.util.function.IntSupplier;

/**
 * A fair semaphore whose number of permits can change while they are taken. After a reduction, more
 * permits can be taken than exist. Thread-safe.
 */
final class ResizableSemaphore extends TurnSemaphore {

  private static final long serialVersionUID = 1;

  private final transient IntSupplier wanted;
  private int permits;

  /**
   * @param wanted returns the number of permits that should exist
   */
  ResizableSemaphore(IntSupplier wanted) {
    super(0);
    this.wanted = wanted;
    follow();
  }

  /**
   * Adjusts the number of permits to the wanted number and wakes waiting threads if it has grown.
   */
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

  /**
   * Returns true if more permits are taken than exist. The count includes permits of threads that
   * hold no connection yet.
   */
  boolean isOverdrawn() {
    return availablePermits() < 0;
  }
}
