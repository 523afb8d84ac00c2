package dev.bulkdl.run;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reports the progress of a run to a listener every 250 ms, on its own thread, until it is closed,
 * and once more then.
 */
public final class ProgressSampler implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 250;

  private final Supplier<RunProgress> progress;
  private final ProgressListener listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Optional<Thread> thread;

  /**
   * @param progress returns the state of the run at the moment of the call
   * @param isSampled false if the listener receives only the last state
   */
  public ProgressSampler(
      Supplier<RunProgress> progress, ProgressListener listener, boolean isSampled) {
    this.progress = progress;
    this.listener = listener;
    this.thread =
        isSampled
            ? Optional.of(Thread.ofPlatform().daemon().name("progress").start(this::sample))
            : Optional.empty();
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
    listener.onProgress(progress.get());
  }

  /** Stops the sampling and reports the last state once more. */
  @Override
  public void close() {
    closing.countDown();
    thread.ifPresent(ProgressSampler::awaitEnd);
    show();
  }

  private static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
