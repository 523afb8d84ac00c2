package dev.bulkdl.run;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts a run, and shows the counts to a listener a few times a second while it is open.
 * Thread-safe.
 */
public final class ProgressSampler implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 250;

  private final RunControl control;
  private final TransferListener listener;
  private final Ticker ticker;
  private final long start;
  private final long files;
  private final LongAdder completed = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder bytesToBegin = new LongAdder();
  private final Set<FileProgress> begun = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param files how many files there will be, -1 where unknown
   * @param knownBytes the sum of the sizes that are known of them
   */
  public ProgressSampler(
      RunControl control, TransferListener listener, Ticker ticker, long files, long knownBytes) {
    this.control = control;
    this.listener = listener;
    this.ticker = ticker;
    this.start = ticker.nanos();
    this.files = files;
    bytesToBegin.add(knownBytes);
    thread = Thread.ofPlatform().daemon().name("progress").start(this::sample);
  }

  FileProgress begin(Download download) {
    bytesToBegin.add(-download.size().orElse(0));
    FileProgress progress = new FileProgress(download, received);
    download.size().ifPresent(progress::setTotal);
    begun.add(progress);
    return progress;
  }

  void end(FileProgress progress, Outcome outcome) {
    begun.remove(progress);
    switch (outcome) {
      case Outcome.Completed ignored -> completed.increment();
      case Outcome.Skipped ignored -> skipped.increment();
      case Outcome.Failed ignored -> failed.increment();
      case Outcome.Cancelled ignored -> cancelled.increment();
    }
  }

  /** A file ended that could not even begin. */
  public void countRejected() {
    failed.increment();
  }

  public Duration elapsed() {
    return Duration.ofNanos(ticker.nanos() - start);
  }

  private void sample() {
    try {
      while (!closing.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        listener.onProgress(now());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunProgress now() {
    long missing =
        begun.stream().mapToLong(file -> Math.max(0, file.total().orElse(0) - file.bytes())).sum();
    return new RunProgress(
        elapsed(),
        files,
        completed.sum(),
        skipped.sum(),
        failed.sum(),
        cancelled.sum(),
        received.sum(),
        bytesToBegin.sum() + missing,
        control.isPaused(),
        begun.stream().filter(file -> file.connections() > 0).map(FileSnapshot::of).toList());
  }

  /** Ends the sampling and shows the last state once more. */
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
    listener.onProgress(now());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
