package dev.bulkdl.hook;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long commands may go on after a signal: less than the 5 seconds of a stop, so that the run
 * can be concluded when they have been killed, on a busy machine too.
 */
final class Grace {

  private static final long SECONDS = 3;

  private Grace() {}

  /** Waits for the end; whether it came in time. */
  static boolean suffices(CountDownLatch ended) {
    try {
      return ended.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
