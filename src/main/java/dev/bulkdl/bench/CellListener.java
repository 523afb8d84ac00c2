package dev.bulkdl.bench;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.Timings;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures one cell and stops it when its window is complete. Connects count from the start of the
 * cell, because most happen there. Everything else counts if it ends within the window.
 */
final class CellListener implements ProgressListener {

  private final RunControl control;
  private final Timings timings = new Timings();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private volatile Instant startedAt = Instant.EPOCH;
  private volatile MeasuredWindow window;

  CellListener(BenchPlan plan, RunControl control) {
    this.control = control;
    this.window = MeasuredWindow.of(plan.warmup(), plan.duration());
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (window.isOpen() || isOfWholeRun(event)) {
      timings.onEvent(event);
    }
    switch (event) {
      case TransferEvent.RunStarted started -> startedAt = started.at();
      case TransferEvent.Retrying retry -> failed(retry.download(), retry.failure());
      case TransferEvent.FileEnded ended -> {
        if (ended.outcome() instanceof Outcome.Failed failed) {
          failed(ended.download(), failed.failure());
        }
      }
      case TransferEvent.TlsBegan ignored -> {}
      case TransferEvent.Connected ignored -> {}
      case TransferEvent.Delivered ignored -> {}
      case TransferEvent.Answered ignored -> {}
      case TransferEvent.RowRejected ignored -> {}
      case TransferEvent.FileStarted ignored -> {}
      case TransferEvent.Restarted ignored -> {}
      case TransferEvent.OriginPaused ignored -> {}
      case TransferEvent.HoldBegan ignored -> {}
      case TransferEvent.HoldEnded ignored -> {}
      case TransferEvent.EndedEarly ignored -> {}
      case TransferEvent.OutageBegan ignored -> {}
      case TransferEvent.OutageEnded ignored -> {}
      case TransferEvent.Requeued ignored -> {}
      case TransferEvent.RunEnded ignored -> {}
    }
  }

  /** True if the event counts, or is needed for a later count, before the window opens. */
  private static boolean isOfWholeRun(TransferEvent event) {
    return event instanceof TransferEvent.Connected || event instanceof TransferEvent.FileStarted;
  }

  private void failed(Download download, Failure failure) {
    if (firstFailure.get() == null) {
      String text = "line " + download.line() + ": " + failure.shown();
      firstFailure.compareAndSet(null, text);
    }
  }

  /** Ignores samples after the stop: they belong to no window. */
  @Override
  public void onProgress(RunProgress progress) {
    if (control.isStopped()) {
      return;
    }
    window = window.with(MeasuredWindow.Sample.of(progress));
    if (window.isOver()) {
      control.stop();
    }
  }

  CellResult result(BenchPlan.Cell cell, RunReport report) {
    return new CellResult(
        cell, startedAt, window, timings.all(), report, Optional.ofNullable(firstFailure.get()));
  }
}
