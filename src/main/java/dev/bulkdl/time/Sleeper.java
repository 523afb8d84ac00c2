package dev.bulkdl.time;

import java.time.Duration;

/** Sleeps for a given time. Tests replace it with a recorder. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns after this time.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  static Sleeper system() {
    return Thread::sleep;
  }
}
