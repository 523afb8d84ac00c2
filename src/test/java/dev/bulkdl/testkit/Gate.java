package dev.bulkdl.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Holds servers up until the test lets them through: all of them for good with {@link #open}, or
 * one at a time with {@link #tick}.
 */
public final class Gate {
  private final Monitor monitor = new Monitor();
  private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private boolean open;
  private long ticks;
  private int arrived;

  /** Lets everyone through from now on. */
  public void open() {
    monitor.change(
        () -> {
          open = true;
          release();
        });
  }

  /** Lets one through, now or when it arrives. */
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

  /** Waits until {@code count} have come to this gate, passed or not. */
  public void awaitArrivals(int count) {
    awaitArrivals(count, Monitor.BOUND);
  }

  /** The same, for what takes longer than other waits may. */
  public void awaitArrivals(int count, Duration bound) {
    monitor.await(
        bound, () -> arrived >= count, () -> count + " at the gate; " + arrived + " have come");
  }

  /**
   * Lets some through one at a time, each when the next has come in its place, and then all. The
   * others stay at the gate meanwhile, so that one more than {@code most} at a time meets them
   * there and is counted by the server.
   *
   * @param most that should be at the gate at one time
   * @param all that will come, or fewer
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
