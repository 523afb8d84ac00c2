package dev.bulkdl.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Blocks servers until the test lets them pass: all of them permanently with {@link #open}, or one
 * at a time with {@link #tick}.
 */
public final class Gate {
  private final Monitor monitor = new Monitor();
  private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private boolean open;
  private long ticks;
  private int arrived;

  /** Lets all callers pass from now on. */
  public void open() {
    monitor.change(
        () -> {
          open = true;
          release();
        });
  }

  /** Lets one caller pass, now or when it arrives. */
  public void tick() {
    tick(1);
  }

  public void tick(long times) {
    monitor.change(
        () -> {
          ticks += times;
          release();
        });
  }

  /** Waits until {@code count} callers have arrived at this gate, whether they passed or not. */
  public void awaitArrivals(int count) {
    awaitArrivals(count, Monitor.BOUND);
  }

  /** Does the same with another time limit. */
  public void awaitArrivals(int count, Duration bound) {
    monitor.await(
        bound, () -> arrived >= count, () -> count + " at the gate; " + arrived + " have come");
  }

  /**
   * Lets callers pass one at a time, each after the next one has arrived, and opens the gate at the
   * end. The other callers wait at the gate meanwhile. If more than {@code most} callers are active
   * at a time, they meet here and the server counts them.
   *
   * @param most the expected number of callers at the gate at one time
   * @param all the total number of callers, or fewer
   */
  public void openStepByStep(int most, int all) {
    awaitArrivals(most);
    for (int count = most + 1; count <= all; count++) {
      tick();
      awaitArrivals(count);
    }
    open();
  }

  public int arrivals() {
    return monitor.get(() -> arrived);
  }

  /** Returns when the caller may pass. */
  public void pass() {
    passage().join();
  }

  /** Completes when the caller may pass. */
  CompletableFuture<Void> passage() {
    return monitor.update(
        () -> {
          CompletableFuture<Void> passage = new CompletableFuture<>();
          arrived++;
          waiting.add(passage);
          release();
          return passage;
        });
  }

  private void release() {
    while (!waiting.isEmpty() && (open || ticks > 0)) {
      if (waiting.remove().complete(null) && !open) {
        ticks--;
      }
    }
  }
}
