package dev.bulkdl.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Checks all network waits ten times a second, so that no wait needs its own timer. To set and
 * clear a timer wakes a thread each time, which costs more than the response to a small request. A
 * limit is detected up to 0.1 s late. Thread-safe.
 */
final class TimeoutWatch implements AutoCloseable {

  /** A wait with a limit. */
  @FunctionalInterface
  interface Waiting {

    /**
     * Ends the wait if it has exceeded its limit. Must neither block nor throw.
     *
     * @param now the present {@link System#nanoTime}
     */
    void checkLimit(long now);
  }

  private static final long INTERVAL_MILLIS = 100;

  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReadTicks ticks = new ReadTicks();

  TimeoutWatch() {
    Thread.ofPlatform().daemon().name("http-timeouts").start(this::checkUntilClosed);
  }

  /** Adds a wait, which is checked even while it does not wait. */
  void watch(Waiting waiting) {
    all.add(waiting);
  }

  /** Returns the short waits of readers, which end with this watch. */
  ReadTicks ticks() {
    return ticks;
  }

  void forget(Waiting waiting) {
    all.remove(waiting);
  }

  private void checkUntilClosed() {
    try {
      while (!closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        all.forEach(waiting -> waiting.checkLimit(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    ticks.close();
  }
}
