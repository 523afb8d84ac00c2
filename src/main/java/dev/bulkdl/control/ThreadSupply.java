package dev.bulkdl.control;

import java.util.concurrent.CountDownLatch;

/**
 * Checks whether the system still gives threads to this process. Systems limit threads for each
 * user, container and service. The JVM needs a thread to handle a signal, and another one whenever
 * virtual threads block. Without it, some waits in the JVM never end: if a thread of the scheduler
 * of virtual threads is refused once, the JVM does not ask for it again. Thread-safe.
 */
public final class ThreadSupply {

  /** The message to the user, with the way out. */
  public static final String TOO_FEW =
      "the system allows this user too few threads (ulimit -u, or the limit of the container or"
          + " service); allow more and run it again, what was downloaded is kept";

  private static final int SMALL_STACK = 64 << 10;

  private ThreadSupply() {}

  /**
   * Returns whether the system gives this many threads at once. They end immediately afterwards.
   */
  public static boolean has(int threads) {
    try {
      require(threads);
      return true;
    } catch (OutOfMemoryError e) {
      if (isLack(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Starts this many threads at once and lets them end, without a wait for their end.
   *
   * @throws OutOfMemoryError if the system refuses one of them; {@link #isLack} is true for it
   */
  public static void require(int threads) {
    CountDownLatch end = new CountDownLatch(1);
    try {
      for (int i = 0; i < threads; i++) {
        new Thread(null, () -> awaitEnd(end), "supply", SMALL_STACK, false).start();
      }
    } finally {
      end.countDown();
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns true if the cause of this error is that the system refused a thread. */
  public static boolean isLack(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        && thrown.getMessage() != null
        && thrown.getMessage().contains("native thread");
  }
}
