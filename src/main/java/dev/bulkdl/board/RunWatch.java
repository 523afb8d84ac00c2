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
import dev.bulkdl.report.Waits;
import dev.bulkdl.text.Redaction;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
          (name, host, rate) -> new HostRow(host, rate, host.pausedFor(Instant.now())));
  private final RateEstimate pace = new RateEstimate();
  private final ForecastTrack forecast = new ForecastTrack();
  private final OtherFiles others = new OtherFiles();
  private final Waits waits = new Waits(InstantSource.system(), ZoneId.systemDefault());
  private List<FileRow> files = List.of();
  private List<HostRow> hosts = List.of();
  private RunProgress progress = RunProgress.NOTHING_YET;
  private String title = "";
  private boolean offline;

  /** The time that the run was not paused. Rates of it do not fade during a pause. */
  private Duration worked = Duration.ZERO;

  private long lastReceived;

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
          others.queue(elsewhere()),
          others.done(),
          notice(),
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

  /** Notes that the user ended the waits for further attempts. */
  void triedNow() {
    change(() -> troubles.tryNow(now()));
  }

  @Override
  public void onEvent(TransferEvent event) {
    waits.onEvent(event);
    switch (event) {
      case TransferEvent.RunStarted run -> change(() -> title = Redaction.of(run.manifest()));
      case TransferEvent.OutageBegan ignored -> change(() -> offline = true);
      case TransferEvent.OutageEnded ignored -> change(() -> offline = false);
      case TransferEvent.FileEnded file ->
          change(
              () -> {
                troubles.onEvent(file, now());
                others.onEvent(file, now());
                completed(file);
              });
      case TransferEvent.RowRejected row -> change(() -> troubles.onEvent(row, now()));
      case TransferEvent.Retrying retry -> change(() -> troubles.onEvent(retry, now()));
      case TransferEvent.Requeued again -> change(() -> troubles.onEvent(again, now()));
      case TransferEvent.FileStarted file -> change(() -> others.onEvent(file, now()));
      case TransferEvent.TlsBegan ignored -> {}
      case TransferEvent.Connected ignored -> {}
      case TransferEvent.Delivered ignored -> {}
      case TransferEvent.Answered ignored -> {}
      case TransferEvent.Restarted ignored -> {}
      case TransferEvent.OriginPaused ignored -> {}
      case TransferEvent.HoldBegan ignored -> {}
      case TransferEvent.HoldEnded ignored -> {}
      case TransferEvent.EndedEarly ignored -> {}
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
          Duration step = sample.elapsed().minus(progress.elapsed());
          worked = progress.paused() ? worked : worked.plus(step);
          lastReceived = progress.received();
          progress = sample;
          pace.add(sample);
          forecast.add(sample);
          files = fileRates.rows(worked, sorted(sample.active(), BY_LINE));
          hosts = hostRates.rows(worked, sorted(sample.hosts(), BY_NAME));
        });
  }

  /** Values that appear in the same sample get a predictable order. */
  private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
    return values.stream().sorted(order).toList();
  }

  /** Why the run pauses; else paused hosts, and the reason if nothing arrives. */
  private Optional<String> notice() {
    if (state() == State.PAUSED) {
      return waits.held();
    }
    boolean isQuiet = progress.active().isEmpty() && progress.received() == lastReceived;
    return switch (state()) {
      case RUNNING -> isQuiet ? waits.reason(progress) : waits.pausedHosts(progress);
      case PAUSED -> waits.held();
      case OFFLINE, STOPPING -> Optional.empty();
    };
  }

  /** The files that have a connection, were paused, or wait for a further attempt. */
  private Set<TargetName> elsewhere() {
    Set<TargetName> elsewhere = new HashSet<>();
    progress.active().forEach(file -> elsewhere.add(file.download().target()));
    troubles.waiting(now()).stream()
        .filter(TargetName.class::isInstance)
        .map(TargetName.class::cast)
        .forEach(elsewhere::add);
    return elsewhere;
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
