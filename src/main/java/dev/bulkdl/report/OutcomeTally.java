package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.Proof;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.FileCounts;
import java.util.NavigableMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the outcomes of files. Thread-safe without a lock. */
final class OutcomeTally {

  private final LongAdder completed = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder permanentFailures = new LongAdder();
  private final LongAdder transientFailures = new LongAdder();
  private final LongAdder diskFailures = new LongAdder();
  private final LongAdder downloaded = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder discarded = new LongAdder();
  private final LongAdder present = new LongAdder();
  private final LabelCounts failures = new LabelCounts();
  private final LabelCounts proofs = new LabelCounts();

  void add(Outcome outcome) {
    add(outcome.effort(), 1);
    switch (outcome) {
      case Outcome.Completed file -> {
        completed.increment();
        addPresent(file.size(), file.proof());
      }
      case Outcome.Skipped file -> {
        skipped.increment();
        addPresent(file.size(), file.proof());
      }
      case Outcome.Failed file -> addFailed(file.failure());
      case Outcome.Cancelled ignored -> cancelled.increment();
    }
  }

  /** Counts a failed file from which nothing was downloaded. */
  void addFailed(Failure failure) {
    addFailed(failure, 1);
  }

  /** Subtracts a failed file that was requeued. Its next outcome will be counted instead. */
  void takeBack(Outcome.Failed failed) {
    add(failed.effort(), -1);
    addFailed(failed.failure(), -1);
  }

  private void addFailed(Failure failure, int times) {
    failures.add(failure.label(), times);
    if (failure instanceof Failure.Disk) {
      diskFailures.add(times);
    } else if (failure.isTransient()) {
      transientFailures.add(times);
    } else {
      permanentFailures.add(times);
    }
  }

  /**
   * The counts so far.
   *
   * @param known the total number of files, negative if unknown
   */
  FileCounts files(long known) {
    long failed = permanentFailures() + transientFailures() + diskFailures();
    long ended = completed.sum() + skipped.sum() + failed + cancelled.sum();
    return new FileCounts(
        Math.max(ended, known), completed.sum(), skipped.sum(), failed, cancelled.sum());
  }

  ByteCounts bytes() {
    return new ByteCounts(downloaded.sum(), resumed.sum(), discarded.sum(), present.sum());
  }

  NavigableMap<String, Long> failures() {
    return failures.snapshot();
  }

  NavigableMap<String, Long> proofs() {
    return proofs.snapshot();
  }

  long permanentFailures() {
    return permanentFailures.sum();
  }

  long transientFailures() {
    return transientFailures.sum();
  }

  long diskFailures() {
    return diskFailures.sum();
  }

  private void add(Effort effort, int times) {
    downloaded.add(times * effort.downloaded());
    resumed.add(times * effort.resumed());
    discarded.add(times * effort.discarded());
  }

  private void addPresent(long size, Proof proof) {
    present.add(size);
    proofs.add(proof.label(), 1);
  }
}
