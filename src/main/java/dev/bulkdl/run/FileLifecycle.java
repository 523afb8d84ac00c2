package dev.bulkdl.run;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.run.RetryableFiles.FailedFile;
import java.util.List;
import java.util.Optional;

/**
 * How the files of a run begin and end: each is counted and told of, and those that failed are
 * kept. Thread-safe.
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
    listener.onEvent(new TransferEvent.FileStarted(download, progress));
    return progress;
  }

  /**
   * @param before how the file had failed in this run: the work on it is told as one
   */
  void end(FileProgress progress, Outcome last, Optional<Outcome.Failed> before) {
    Download download = progress.download();
    Outcome outcome =
        before.map(earlier -> last.with(last.effort().after(earlier.effort()))).orElse(last);
    counters.end(progress, outcome);
    Runnable tell = () -> listener.onEvent(new TransferEvent.FileEnded(download, outcome));
    if (outcome instanceof Outcome.Failed failed) {
      failedFiles.add(download, failed, tell);
      stopIfFull(failed.failure());
    } else {
      tell.run();
    }
  }

  /** No other file can be written either; all of them can be continued. */
  private void stopIfFull(Failure failure) {
    if (failure instanceof Failure.Disk disk && disk.full()) {
      control.stop();
    }
  }

  /** The files that failed, each once. */
  List<FailedFile> takeFailed() {
    return failedFiles.takeAll();
  }

  /** The file will begin again. */
  void requeue(FailedFile file) {
    counters.requeue(file.download());
    listener.onEvent(new TransferEvent.Requeued(file.download(), file.outcome()));
  }
}
