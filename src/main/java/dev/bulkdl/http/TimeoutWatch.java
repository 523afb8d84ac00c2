package dev.bulkdl.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks a few times a second at all that waits for the network, so that no wait needs a timer of
 * its own: to set one and to clear it again wakes a thread each, which costs more than the answer
 * to a small request. A limit is noticed up to a tenth of a second late. Thread-safe.
 */
final class TimeoutWatch implements AutoCloseable {

  /** What has a limit to its waiting. */
  @FunctionalInterface
  interface Waiting {

    /**
     * Ends the wait if it has taken too long. Must neither block nor throw.
     *
     * @param now of {@link System#nanoTime}
     */
    void look(long now);
  }

  private static final long INTERVAL_MILLIS = 100;

  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  TimeoutWatch() {
    Thread.ofPlatform().daemon().name("http-patience").start(this::lookUntilClosed);
  }

  /** From now on this is looked at, also while it does not wait. */
  void watch(Waiting waiting) {
    all.add(waiting);
  }

  void forget(Waiting waiting) {
    all.remove(waiting);
  }

  private void lookUntilClosed() {
    try {
      while (!closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        all.forEach(waiting -> waiting.look(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
