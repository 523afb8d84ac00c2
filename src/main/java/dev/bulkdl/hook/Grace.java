package dev.bulkdl.hook;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long commands may run on after a signal. It is shorter than the 5 seconds in which a run
 * stops, so that the run can still write its reports after the commands were killed, even on a busy
 * machine.
 */
final class Grace {

  private static final long SECONDS = 3;

  private Grace() {}

  /** Waits for the end. False if the grace period passed before it. */
  static boolean suffices(CountDownLatch ended) {
    try {
      return ended.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
