package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.FileRow;
import dev.bulkdl.board.BoardModel.HostRow;
import dev.bulkdl.board.BoardModel.LogRow;
import dev.bulkdl.board.BoardModel.State;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.ForecastTrack;
import dev.bulkdl.report.HumanFormat;
import dev.bulkdl.text.Redaction;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Collects what the board shows of a run. Its memory does not grow with the number of files.
 * Thread-safe.
 */
final class RunWatch implements ProgressListener {

  private static final int MOST_LOGGED = 500;

  private static final Comparator<FileSnapshot> BY_LINE =
      Comparator.comparingLong(file -> file.download().line());
  private static final Comparator<HostSnapshot> BY_NAME =
      Comparator.comparing(host -> host.origin().toString());

  private final ReentrantLock lock = new ReentrantLock();
  private final RunControl control;
  private final Ticker ticker;
  private final long start;
  private final Deque<LogRow> log = new ArrayDeque<>();
  private final RecentFailures troubles = new RecentFailures();
  private final Rates<TargetName, FileSnapshot, FileRow> fileRates =
      new Rates<>(file -> file.download().target(), FileSnapshot::bytes, FileRow::new);
  private final Rates<Origin, HostSnapshot, HostRow> hostRates =
      new Rates<>(
          HostSnapshot::origin,
          HostSnapshot::received,
          (name, host, rate) -> new HostRow(host, rate));
  private final RateEstimate pace = new RateEstimate();
  private final ForecastTrack forecast = new ForecastTrack();
  private List<FileRow> files = List.of();
  private List<HostRow> hosts = List.of();
  private RunProgress progress = RunProgress.NOTHING_YET;
  private String title = "";
  private boolean offline;

  RunWatch(RunControl control, Ticker ticker) {
    this.control = control;
    this.ticker = ticker;
    start = ticker.nanos();
  }

  /** A snapshot for drawing. */
  BoardModel model() {
    lock.lock();
    try {
      return new BoardModel(
          now(),
          title,
          state(),
          progress,
          pace.speed(),
          forecast.forecast(),
          files,
          hosts,
          troubles.newestFirst(),
          List.copyOf(log));
    } finally {
      lock.unlock();
    }
  }

  /** Adds a line to the log. */
  void log(Supplier<String> text) {
    change(
        () -> {
          log.addFirst(new LogRow(now(), text));
          if (log.size() > MOST_LOGGED) {
            log.removeLast();
          }
        });
  }

  @Override
  public void onEvent(TransferEvent event) {
    switch (event) {
      case TransferEvent.RunStarted run -> change(() -> title = Redaction.of(run.manifest()));
      case TransferEvent.OutageBegan ignored -> change(() -> offline = true);
      case TransferEvent.OutageEnded ignored -> change(() -> offline = false);
      case TransferEvent.FileEnded file ->
          change(
              () -> {
                troubles.onEvent(file, now());
                completed(file);
              });
      case TransferEvent.RowRejected row -> change(() -> troubles.onEvent(row, now()));
      case TransferEvent.Retrying retry -> change(() -> troubles.onEvent(retry, now()));
      case TransferEvent.Requeued again -> change(() -> troubles.onEvent(again, now()));
      case TransferEvent.FileStarted ignored -> {}
      case TransferEvent.TlsBegan ignored -> {}
      case TransferEvent.Connected ignored -> {}
      case TransferEvent.Delivered ignored -> {}
      case TransferEvent.Answered ignored -> {}
      case TransferEvent.Restarted ignored -> {}
      case TransferEvent.OriginPaused ignored -> {}
      case TransferEvent.RunEnded ignored -> {}
    }
  }

  private void completed(TransferEvent.FileEnded file) {
    if (file.outcome() instanceof Outcome.Completed done) {
      log(() -> text(file.download(), done));
    }
  }

  private static String text(Download download, Outcome.Completed done) {
    return String.format(
        "completed: %s, %s in %s",
        Redaction.of(download.target().value()),
        HumanFormat.bytes(done.size()),
        HumanFormat.duration(done.effort().elapsed()));
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onProgress(RunProgress sample) {
    change(
        () -> {
          progress = sample;
          pace.add(sample);
          forecast.add(sample);
          files = fileRates.rows(sample.elapsed(), sorted(sample.active(), BY_LINE));
          hosts = hostRates.rows(sample.elapsed(), sorted(sample.hosts(), BY_NAME));
        });
  }

  /** Values that appear in the same sample get a predictable order. */
  private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
    return values.stream().sorted(order).toList();
  }

  private State state() {
    if (control.isStopped()) {
      return State.STOPPING;
    }
    return control.isPaused() ? State.PAUSED : offline ? State.OFFLINE : State.RUNNING;
  }

  private Duration now() {
    return Duration.ofNanos(ticker.nanos() - start);
  }
}
