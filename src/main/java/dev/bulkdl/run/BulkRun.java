package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Cancellation.Registration;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.run.RetryableFiles.FailedFile;
import dev.bulkdl.transfer.FileTransfer;
import dev.bulkdl.transfer.TransferContext;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Takes files one after another and gives each a virtual thread of its own, as many at a time as
 * the window has places. What a file may do then, its permits decide. For one run.
 */
public final class BulkRun {

  private static final Duration LONGEST_TELLING = Duration.ofSeconds(2);

  private final TransferContext context;
  private final RunControl control;
  private final RunCounters counters;
  private final FileLifecycle ledger;
  private final AdmissionWindow window;
  private final WorkersPresent attendance = new WorkersPresent();
  private Optional<Duration> stoppedAt = Optional.empty();
  private final FirstError bug = new FirstError();

  /**
   * @param maxFiles how many may be in flight
   */
  public BulkRun(
      TransferContext context,
      int maxFiles,
      RunControl control,
      TransferListener listener,
      RunCounters counters) {
    this.context = context;
    this.control = control;
    this.ledger = new FileLifecycle(control, listener, counters);
    this.counters = counters;
    this.window = new AdmissionWindow(maxFiles);
  }

  /**
   * Returns when every file has ended. When the run is stopped, the files that have not begun end
   * as cancelled, as many as can be told of in two seconds; the others are left in {@code
   * downloads}.
   *
   * @throws RuntimeException what a bug threw; the run was stopped by it
   */
  public void run(Iterator<Download> downloads) {
    Registration retrying = control.retryBy(this::retryFailed);
    try (retrying) {
      admitAll(downloads);
      attendance.awaitNobody();
    }
    bug.rethrow();
  }

  private void admitAll(Iterator<Download> downloads) {
    try {
      while (downloads.hasNext() && !isTooLateToTell()) {
        admit(downloads.next(), Optional.empty());
      }
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      attendance.leave();
    }
  }

  /** Takes up all files again that have failed and are kept; they begin when they have a place. */
  private int retryFailed() {
    if (control.isStopped() || !attendance.enter()) {
      return 0;
    }
    List<FailedFile> failed = ledger.takeFailed();
    if (failed.isEmpty()) {
      attendance.leave();
      return 0;
    }
    try {
      failed.forEach(ledger::requeue);
    } catch (RuntimeException | Error e) {
      bug(e);
    }
    start("again", () -> admitAgain(failed));
    return failed.size();
  }

  private void admitAgain(List<FailedFile> failed) {
    try {
      failed.forEach(file -> admit(file.download(), Optional.of(file.outcome())));
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      attendance.leave();
    }
  }

  /** After a stop, a million files that have not begun are not told of one by one for ever. */
  private boolean isTooLateToTell() {
    if (!control.isStopped()) {
      return false;
    }
    if (stoppedAt.isEmpty()) {
      stoppedAt = Optional.of(counters.elapsed());
    }
    return counters.elapsed().minus(stoppedAt.get()).compareTo(LONGEST_TELLING) > 0;
  }

  /**
   * @param before how the file has failed in this run
   */
  private void admit(Download download, Optional<Outcome.Failed> before) {
    Cancellation cancellation = control.cancellation();
    try {
      window.enter(cancellation);
    } catch (CancellationException e) {
      ledger.end(ledger.begin(download), new Outcome.Cancelled(Effort.none()), before);
      return;
    }
    attendance.enter();
    start("file", () -> work(download, before));
  }

  /** Somebody who has entered begins; who cannot has left. */
  private void start(String name, Runnable work) {
    boolean started = false;
    try {
      Thread.ofVirtual().name(name).start(work);
      started = true;
    } finally {
      if (!started) {
        attendance.leave();
      }
    }
  }

  private void work(Download download, Optional<Outcome.Failed> before) {
    try {
      FileProgress progress;
      Outcome outcome;
      try (Cancellation.Child own = control.begin(download.target())) {
        progress = ledger.begin(download);
        outcome = new FileTransfer(context, download, progress, own.cancellation()).run();
      }
      ledger.end(progress, outcome, before);
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      window.leave();
      attendance.leave();
    }
  }

  private void bug(Throwable thrown) {
    bug.met(thrown);
    control.stop();
  }
}
