package dev.bulkdl.run;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.time.Ticker;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.ResourceSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the files and bytes of a run from its start. Thread-safe. */
public final class RunCounters {

  private final Ticker ticker;
  private final long start;
  private final AtomicLong files;
  private final LongAdder completed = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder bytesToBegin = new LongAdder();
  private final LongAdder unlistedToBegin = new LongAdder();

  /** The files whose length is known, from the list or because they are complete. */
  private final LongAdder filesOfKnownLength = new LongAdder();

  private final LongAdder knownLengths = new LongAdder();
  private final Set<FileProgress> begun = ConcurrentHashMap.newKeySet();

  /**
   * @param files the number of files, -1 if unknown
   * @param sized the number of files whose size is known
   * @param knownBytes the sum of these sizes
   */
  public RunCounters(Ticker ticker, long files, long sized, long knownBytes) {
    this.ticker = ticker;
    this.start = ticker.nanos();
    this.files = new AtomicLong(files);
    bytesToBegin.add(knownBytes);
    unlistedToBegin.add(Math.max(0, files) - sized);
    filesOfKnownLength.add(sized);
    knownLengths.add(knownBytes);
  }

  FileProgress begin(Download download) {
    countToBegin(download, -1);
    FileProgress progress = new FileProgress(download, received);
    download.size().ifPresent(progress::setTotal);
    begun.add(progress);
    return progress;
  }

  void end(FileProgress progress, Outcome outcome) {
    begun.remove(progress);
    switch (outcome) {
      case Outcome.Completed file -> {
        completed.increment();
        learnLength(progress.download(), file.size());
      }
      case Outcome.Skipped file -> {
        skipped.increment();
        learnLength(progress.download(), file.size());
      }
      case Outcome.Failed ignored -> failed.increment();
      case Outcome.Cancelled ignored -> cancelled.increment();
    }
  }

  private void learnLength(Download download, long length) {
    if (download.size().isEmpty()) {
      filesOfKnownLength.increment();
      knownLengths.add(length);
    }
  }

  private void countToBegin(Download download, int files) {
    if (download.size().isPresent()) {
      bytesToBegin.add(files * download.size().getAsLong());
    } else {
      unlistedToBegin.add(files);
    }
  }

  /** Counts files that were added to the run. */
  void add(List<Download> more) {
    files.updateAndGet(known -> known < 0 ? known : known + more.size());
    for (Download file : more) {
      countToBegin(file, 1);
      if (file.size().isPresent()) {
        filesOfKnownLength.increment();
        knownLengths.add(file.size().getAsLong());
      }
    }
  }

  /** Records that a failed file will be tried again. */
  void requeue(Download download) {
    failed.decrement();
    countToBegin(download, 1);
  }

  /** Counts a row that failed before its work started. */
  public void countRejected() {
    failed.increment();
    unlistedToBegin.decrement();
  }

  /** Returns the bytes received so far. */
  public long received() {
    return received.sum();
  }

  public Duration elapsed() {
    return Duration.ofNanos(ticker.nanos() - start);
  }

  /** Returns the state of the run at this moment. */
  public RunProgress now(RunControl control, ResourceSnapshot supply) {
    List<FileSnapshot> active =
        begun.stream()
            .filter(file -> file.connections() > 0 || control.isPaused(file.download().target()))
            .map(FileProgress::snapshot)
            .toList();
    return new RunProgress(
        elapsed(),
        files.get(),
        completed.sum(),
        skipped.sum(),
        failed.sum(),
        cancelled.sum(),
        received.sum(),
        bytesToBegin.sum() + missing(),
        unsized(),
        meanLength(),
        control.holds(),
        control.isStopped(),
        supply.retries(),
        supply.hosts().stream().mapToInt(HostSnapshot::connections).sum(),
        supply.allowed(),
        supply.freeSpace(),
        supply.hosts(),
        active);
  }

  private long unsized() {
    long begunOnes = begun.stream().filter(file -> file.total().isEmpty()).count();
    return files.get() < 0 ? 0 : Math.max(0, unlistedToBegin.sum() + begunOnes);
  }

  private OptionalLong meanLength() {
    long known = filesOfKnownLength.sum();
    long bytes = knownLengths.sum();
    for (FileProgress file : begun) {
      OptionalLong total = file.total();
      if (total.isPresent() && file.download().size().isEmpty()) {
        known++;
        bytes += total.getAsLong();
      }
    }
    return known <= 0 ? OptionalLong.empty() : OptionalLong.of(bytes / known);
  }

  private long missing() {
    return begun.stream()
        .mapToLong(file -> Math.max(0, file.total().orElse(0) - file.bytes()))
        .sum();
  }
}
