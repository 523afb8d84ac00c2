package dev.bulkdl.run;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.time.Ticker;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.ResourceSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the files and bytes of a run from its start. Thread-safe. */
public final class RunCounters {

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

  /**
   * @param files the number of files, -1 if unknown
   * @param knownBytes the sum of the sizes that are known
   */
  public RunCounters(Ticker ticker, long files, long knownBytes) {
    this.ticker = ticker;
    this.start = ticker.nanos();
    this.files = files;
    bytesToBegin.add(knownBytes);
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

  /** Records that a failed file will be tried again. */
  void requeue(Download download) {
    failed.decrement();
    bytesToBegin.add(download.size().orElse(0));
  }

  /** Counts a row that failed before its work started. */
  public void countRejected() {
    failed.increment();
  }

  public Duration elapsed() {
    return Duration.ofNanos(ticker.nanos() - start);
  }

  /** Returns the state of the run at this moment. */
  public RunProgress now(boolean paused, ResourceSnapshot supply) {
    List<FileSnapshot> active =
        begun.stream().filter(file -> file.connections() > 0).map(FileProgress::snapshot).toList();
    return new RunProgress(
        elapsed(),
        files,
        completed.sum(),
        skipped.sum(),
        failed.sum(),
        cancelled.sum(),
        received.sum(),
        bytesToBegin.sum() + missing(),
        paused,
        supply.retries(),
        active.stream().mapToInt(FileSnapshot::connections).sum(),
        supply.allowed(),
        supply.freeSpace(),
        supply.hosts(),
        active);
  }

  private long missing() {
    return begun.stream()
        .mapToLong(file -> Math.max(0, file.total().orElse(0) - file.bytes()))
        .sum();
  }
}
