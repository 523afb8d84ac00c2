package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Cancellation.Registration;
import dev.bulkdl.control.FirstError;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Outcome.Effort;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.run.RetryableFiles.FailedFile;
import dev.bulkdl.run.RowQueue.Row;
import dev.bulkdl.transfer.FileProgress;
import dev.bulkdl.transfer.FileTransfer;
import dev.bulkdl.transfer.TransferContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Runs files, each on its own virtual thread. {@link Admission} decides when a row begins. The
 * permits limit the connections of the files. Used for one run, by one thread.
 */
public final class BulkRun {

  private static final Duration MAX_REPORTING_TIME = Duration.ofSeconds(2);

  /** Rows are handed over in groups: each costs a lock, and a row of high priority is seen. */
  private static final int GROUP = 64;

  private final TransferContext context;
  private final RunControl control;
  private final RunCounters counters;
  private final FileLifecycle lifecycle;
  private final Admission admission;
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
    this.admission = new Admission(maxFiles, context::room);
  }

  /**
   * Runs all files, and returns when each one has ended. After a stop, the files that were not
   * started end as cancelled. This reporting is limited to two seconds; the remaining files are
   * left in {@code downloads}.
   *
   * @throws RuntimeException an unexpected exception, which also stopped the run
   */
  public void run(Iterator<Download> downloads) {
    run(List.of(downloads));
  }

  /**
   * Does the same for rows of one or two lanes. Of two, half of the files in work are rows of each.
   * A row that one lane has given is no longer in the other.
   *
   * @throws RuntimeException as above
   */
  public void run(List<? extends Iterator<Download>> lanes) {
    // Two lanes share the rows, so neither may take more than its turn.
    int group = lanes.size() == 1 ? GROUP : 1;
    run(() -> beginAll(lanes, group), lanes);
  }

  /**
   * Does the same where the next row can depend on the end of an earlier one. Then the iterator
   * decides when a row begins.
   *
   * @throws RuntimeException as above
   */
  public void runOneByOne(Iterator<Download> downloads) {
    run(() -> beginOneByOne(downloads), List.of(downloads));
  }

  private void run(Runnable begin, List<? extends Iterator<Download>> lanes) {
    Registration retrying = control.retryBy(this::retryFailed);
    Registration adding = control.addBy(this::addFiles);
    Registration serving = context.serve(new WaitingRows());
    try (retrying;
        adding;
        serving) {
      runAll(begin, lanes);
      workers.awaitNobody();
    }
    bug.rethrow();
  }

  /** The rows that have not begun, for the permits. */
  private final class WaitingRows implements Permits.Waiters {

    @Override
    public int waiting(Origin origin) {
      return admission.waiting(origin);
    }

    @Override
    public void look() {
      beginRows();
    }
  }

  private void runAll(Runnable begin, List<? extends Iterator<Download>> lanes) {
    try {
      begin.run();
      for (Iterator<Download> downloads : lanes) {
        while (downloads.hasNext() && !reportingTimeIsOver()) {
          endCancelled(new Row(downloads.next(), Optional.empty(), 0));
        }
      }
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      workers.leave();
    }
  }

  /** Returns when all rows have begun, or the run is stopped. */
  private void beginAll(List<? extends Iterator<Download>> lanes, int group) {
    try {
      List<Integer> unread = unread(lanes);
      while (!control.isStopped() && (!unread.isEmpty() || admission.waiting() > 0)) {
        int lane = admission.await(unread, control.cancellation());
        if (lane != Admission.NO_LANE) {
          read(lanes.get(lane), lane, group);
        }
        beginRows();
        unread = unread(lanes);
      }
    } catch (CancellationException e) {
      // The rows are ended below.
    }
    endRestIfStopped();
  }

  private void beginOneByOne(Iterator<Download> downloads) {
    while (!control.isStopped() && downloads.hasNext()) {
      workers.enter();
      begin(admission.addBegun(new Row(downloads.next(), Optional.empty(), 0)));
    }
    endRestIfStopped();
  }

  private static List<Integer> unread(List<? extends Iterator<Download>> lanes) {
    return IntStream.range(0, lanes.size())
        .filter(lane -> lanes.get(lane).hasNext())
        .boxed()
        .toList();
  }

  private void read(Iterator<Download> downloads, int lane, int group) {
    List<Row> rows = new ArrayList<>(group);
    do {
      rows.add(new Row(downloads.next(), Optional.empty(), lane));
    } while (rows.size() < group && downloads.hasNext());
    add(rows);
  }

  /** Each row that waits is counted, so that the run does not end before it. */
  private void add(List<Row> rows) {
    rows.forEach(row -> workers.enter());
    admission.add(rows);
  }

  private void endRestIfStopped() {
    if (control.isStopped()) {
      for (Row row : admission.takeAll()) {
        endCancelled(row);
        workers.leave();
      }
    }
  }

  private void endCancelled(Row row) {
    lifecycle.end(
        lifecycle.begin(row.download()), new Outcome.Cancelled(Effort.none()), row.before());
  }

  private void beginRows() {
    begin(admission.next());
  }

  /**
   * Begins this row and all others that can begin now. A thread that has made room calls it.
   *
   * @param first what the admission has returned
   */
  private void begin(Optional<Row> first) {
    try {
      for (Optional<Row> next = first; next.isPresent(); next = admission.next()) {
        Row row = next.get();
        workers.start("file", () -> work(row));
      }
    } catch (RuntimeException | Error e) {
      bug(e);
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
    workers.start("again", () -> beginAgain(failed));
    return failed.size();
  }

  /** Takes files that were not in the list. Returns false if the run is over. */
  private boolean addFiles(List<Download> files) {
    if (control.isStopped() || !workers.enter()) {
      return false;
    }
    counters.add(files);
    workers.start(
        "added",
        () -> begin(files.stream().map(file -> new Row(file, Optional.empty(), 0)).toList()));
    return true;
  }

  private void beginAgain(List<FailedFile> failed) {
    begin(
        failed.stream()
            .map(file -> new Row(file.download(), Optional.of(file.outcome()), 0))
            .toList());
  }

  private void begin(List<Row> rows) {
    try {
      add(rows);
      beginAll(List.of(), GROUP);
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

  private void work(Row row) {
    Download download = row.download();
    Origin origin = download.origin();
    boolean asking = true;
    try {
      FileProgress progress;
      Outcome outcome;
      try (Cancellation.Child own = control.begin(download.target())) {
        progress = lifecycle.begin(download);
        progress.onAsking(now -> begin(admission.asks(origin, now)));
        outcome = new FileTransfer(context, download, progress, own.cancellation()).run();
      }
      lifecycle.end(progress, afterPauses(progress, outcome), row.before());
      asking = progress.isAsking();
    } catch (RuntimeException | Error e) {
      bug(e);
    } finally {
      begin(admission.ended(row, asking));
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
