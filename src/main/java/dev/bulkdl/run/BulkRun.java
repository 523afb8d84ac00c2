package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Cancellation.Registration;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.run.RetryableFiles.FailedFile;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.FileTransfer;
import dev.bulkdl.transfer.TransferContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * Admits files one after another and runs each on its own virtual thread, up to the size of the
 * admission window. The permits limit the connections of an admitted file. Used for one run, by one
 * thread.
 */
public final class BulkRun {

  private static final Duration MAX_REPORTING_TIME = Duration.ofSeconds(2);

  private final TransferContext context;
  private final RunControl control;
  private final RunCounters counters;
  private final FileLifecycle lifecycle;
  private final AdmissionWindow window;
  private final WorkersPresent workers = new WorkersPresent();
  private Optional<Duration> stoppedAt = Optional.empty();
  private final FirstError bug = new FirstError();

  /**
   * @param maxFiles the limit of files in flight
   */
  public BulkRun(
      TransferContext context,
      int maxFiles,
      RunControl control,
      TransferListener listener,
      RunCounters counters) {
    this.context = context;
    this.control = control;
    this.lifecycle = new FileLifecycle(control, listener, counters);
    this.counters = counters;
    this.window = new AdmissionWindow(maxFiles);
  }

  /**
   * Runs all files, and returns when each one has ended. After a stop, the files that were not
   * started end as cancelled. This reporting is limited to two seconds; the remaining files are
   * left in {@code downloads}.
   *
   * @throws RuntimeException an unexpected exception, which also stopped the run
   */
  public void run(Iterator<Download> downloads) {
    Registration retrying = control.retryBy(this::retryFailed);
    try (retrying) {
      admitAll(downloads);
      workers.awaitNobody();
    }
    bug.rethrow();
  }

  private void admitAll(Iterator<Download> downloads) {
    try {
      while (downloads.hasNext() && !reportingTimeIsOver()) {
        admit(downloads.next(), Optional.empty());
      }
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      workers.leave();
    }
  }

  /** Queues these of the kept failed files again. Each starts when there is room for it. */
  private int retryFailed(Predicate<TargetName> which) {
    if (control.isStopped() || !workers.enter()) {
      return 0;
    }
    List<FailedFile> failed = lifecycle.takeFailed(which);
    if (failed.isEmpty()) {
      workers.leave();
      return 0;
    }
    try {
      failed.forEach(lifecycle::requeue);
    } catch (RuntimeException | Error e) {
      bug(e);
    }
    workers.start("again", () -> admitAgain(failed));
    return failed.size();
  }

  private void admitAgain(List<FailedFile> failed) {
    try {
      failed.forEach(file -> admit(file.download(), Optional.of(file.outcome())));
    } catch (RuntimeException | Error e) {
      bug(e);
    }
  }

  /**
   * Returns true when the time to report cancelled files after a stop is over. A stopped run can
   * have a million files that were not started.
   */
  private boolean reportingTimeIsOver() {
    if (!control.isStopped()) {
      return false;
    }
    if (stoppedAt.isEmpty()) {
      stoppedAt = Optional.of(counters.elapsed());
    }
    return counters.elapsed().minus(stoppedAt.get()).compareTo(MAX_REPORTING_TIME) > 0;
  }

  /**
   * @param before the earlier failure of this file in this run
   */
  private void admit(Download download, Optional<Outcome.Failed> before) {
    Cancellation cancellation = control.cancellation();
    try {
      window.enter(cancellation);
    } catch (CancellationException e) {
      lifecycle.end(lifecycle.begin(download), new Outcome.Cancelled(Effort.none()), before);
      return;
    }
    workers.enter();
    workers.start("file", () -> work(download, before));
  }

  private void work(Download download, Optional<Outcome.Failed> before) {
    try {
      FileProgress progress;
      Outcome outcome;
      try (Cancellation.Child own = control.begin(download.target())) {
        progress = lifecycle.begin(download);
        outcome = new FileTransfer(context, download, progress, own.cancellation()).run();
      }
      lifecycle.end(progress, afterPauses(progress, outcome), before);
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      window.leave();
    }
  }

  /** A file that the user paused ended as cancelled; it goes on when the user wants it. */
  private Outcome afterPauses(FileProgress progress, Outcome first) {
    Download download = progress.download();
    Outcome outcome = first;
    while (outcome instanceof Outcome.Cancelled && control.awaitResume(download.target())) {
      progress.restartFrom(0);
      try (Cancellation.Child own = control.begin(download.target())) {
        Outcome again = new FileTransfer(context, download, progress, own.cancellation()).run();
        outcome = again.with(again.effort().after(outcome.effort()));
      }
    }
    control.resume(download.target());
    return outcome;
  }

  private void bug(Throwable thrown) {
    bug.met(thrown);
    control.stop();
  }
}
