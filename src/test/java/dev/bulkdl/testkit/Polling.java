package dev.bulkdl.testkit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for state that does not notify others of its changes. */
public final class Polling {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Polling() {}

  /**
   * Polls until the condition holds.
   *
   * @param what the name of the state, for the failure message
   * @return the state that satisfied the condition
   */
  public static <T> T await(String what, Supplier<T> look, Predicate<? super T> condition) {
    long start = System.nanoTime();
    T seen = look.get();
    while (!condition.test(seen)) {
      if (System.nanoTime() - start > Monitor.BOUND.toNanos()) {
        throw new AssertionError(what + " is not right within " + Monitor.BOUND + ":\n" + seen);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      seen = look.get();
    }
    return seen;
  }
}
