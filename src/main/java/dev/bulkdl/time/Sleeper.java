package dev.bulkdl.time;

import java.time.Duration;

/** Waits; tests put a recorder in its place. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns after this time.
   *
   * @throws InterruptedException when the wait was given up
   */
  void sleep(Duration duration) throws InterruptedException;

  static Sleeper system() {
    return Thread::sleep;
  }
}
