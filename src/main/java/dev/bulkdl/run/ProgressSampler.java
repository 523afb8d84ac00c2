package dev.bulkdl.run;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.transfer.ResourceSnapshot;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reports the progress of a run to a listener every 250 ms, on its own thread, until it is closed.
 */
public final class ProgressSampler implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 250;

  private final RunCounters counters;
  private final Supplier<ResourceSnapshot> supply;
  private final RunControl control;
  private final TransferListener listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  public ProgressSampler(
      RunCounters counters,
      Supplier<ResourceSnapshot> supply,
      RunControl control,
      TransferListener listener) {
    this.counters = counters;
    this.supply = supply;
    this.control = control;
    this.listener = listener;
    thread = Thread.ofPlatform().daemon().name("progress").start(this::sample);
  }

  private void sample() {
    try {
      while (!closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        show();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show() {
    listener.onProgress(counters.now(control.isPaused(), supply.get()));
  }

  /** Stops the sampling and reports the last state once more. */
  @Override
  public void close() {
    closing.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    show();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
