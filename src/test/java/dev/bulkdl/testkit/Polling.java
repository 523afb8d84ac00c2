package dev.bulkdl.testkit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for what tells nobody of its changes. */
public final class Polling {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Polling() {}

  /**
   * Looks until the condition holds.
   *
   * @param what it is that one looks at, for the failure
   * @return what was seen then
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
