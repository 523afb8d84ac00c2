package dev.bulkdl.run;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.run.RetryableFiles.FailedFile;
import dev.bulkdl.transfer.FileProgress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Begins and ends the files of a run: counts each one, reports it to the listener, and keeps those
 * that failed. Thread-safe.
 */
final class FileLifecycle {

  private final RunControl control;
  private final TransferListener listener;
  private final RunCounters counters;
  private final RetryableFiles failedFiles = new RetryableFiles();

  FileLifecycle(RunControl control, TransferListener listener, RunCounters counters) {
    this.control = control;
    this.listener = listener;
    this.counters = counters;
  }

  FileProgress begin(Download download) {
    FileProgress progress = counters.begin(download);
    listener.onEvent(new TransferEvent.FileStarted(download));
    return progress;
  }

  /**
   * @param before the earlier failure of this file in this run; its effort is added to the outcome
   */
  void end(FileProgress progress, Outcome last, Optional<Outcome.Failed> before) {
    assert agrees(progress, last);
    Download download = progress.download();
    Outcome outcome =
        before.map(earlier -> last.with(last.effort().after(earlier.effort()))).orElse(last);
    counters.end(progress, outcome);
    Runnable report = () -> listener.onEvent(new TransferEvent.FileEnded(download, outcome));
    if (outcome instanceof Outcome.Failed failed) {
      failedFiles.add(download, failed, report);
      stopIfFull(failed.failure());
    } else {
      report.run();
    }
  }

  /** Checks that the live counters agree with the outcome. Tests run with this assertion. */
  private static boolean agrees(FileProgress progress, Outcome last) {
    boolean sameBytes =
        !(last instanceof Outcome.Completed completed) || progress.bytes() == completed.size();
    return sameBytes && progress.connections() == 0;
  }

  /**
   * Stops the run if the disk is full. No other file could be written either, and a later run can
   * continue all of them.
   */
  private void stopIfFull(Failure failure) {
    if (failure instanceof Failure.Disk disk && disk.full()) {
      control.stop();
    }
  }

  /** Returns these of the failed files, each once, and forgets them. */
  List<FailedFile> takeFailed(Predicate<TargetName> which) {
    return failedFiles.take(which);
  }

  /** Reports that the file will be tried again. */
  void requeue(FailedFile file) {
    counters.requeue(file.download());
    listener.onEvent(new TransferEvent.Requeued(file.download(), file.outcome()));
  }
}
