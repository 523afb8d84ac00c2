package dev.bulkdl.report;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reports a run as lines of text: progress, failures and the end. Every line is safe to show.
 * Thread-safe.
 */
public final class ProgressLines implements ProgressListener {

  /** How much is reported. */
  public enum Detail {
    /** Nothing. */
    QUIET,
    /** Progress, failed files and outages. */
    NORMAL,
    /** Also retries, restarts and paused origins. */
    VERBOSE
  }

  private static final Duration RATE_WINDOW = Duration.ofSeconds(15);

  private final Consumer<String> out;
  private final Detail detail;
  private final ProgressInterval interval;
  private final Waits waits;
  private final OutcomeTally outcomes = new OutcomeTally();
  // Only the thread that calls onProgress uses these fields.
  private final RateWindow rate = new RateWindow(RATE_WINDOW);
  private final ForecastTrack forecast = new ForecastTrack();
  private final FoundConnections found = new FoundConnections();
  private Duration next;
  private long receivedThen;
  private volatile long files;
  private volatile boolean stopped;
  private volatile boolean ended;

  /** Reports events only, no progress. */
  public static ProgressLines ofEvents(Consumer<String> out, Detail detail) {
    ProgressInterval never = new ProgressInterval(ChronoUnit.FOREVER.getDuration(), false);
    return new ProgressLines(out, detail, never, InstantSource.system());
  }

  /**
   * @param out receives one line at a time
   * @param interval the least time between two progress lines
   * @param clock the time of day, for the ends of waits
   */
  public ProgressLines(
      Consumer<String> out, Detail detail, ProgressInterval interval, InstantSource clock) {
    this.out = out;
    this.detail = detail;
    this.interval = interval;
    this.waits = new Waits(clock, ZoneId.systemDefault());
    this.next = interval.first();
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (detail == Detail.QUIET) {
      return;
    }
    waits.onEvent(event);
    switch (event) {
      case TransferEvent.RunStarted run -> files = run.files();
      case TransferEvent.RowRejected row -> {
        outcomes.addFailed(row.failure());
        failed("line " + row.line(), row.failure());
      }
      case TransferEvent.FileStarted ignored -> {}
      case TransferEvent.TlsBegan tls -> verbose("TLS by " + tls.by());
      case TransferEvent.Connected ignored -> {}
      case TransferEvent.Delivered ignored -> {}
      case TransferEvent.Answered ignored -> {}
      case TransferEvent.Retrying retry -> verbose(ProgressText.retry(retry));
      case TransferEvent.Restarted restart -> verbose(ProgressText.restart(restart));
      case TransferEvent.OriginPaused pause -> verbose(ProgressText.pause(pause));
      case TransferEvent.HoldBegan e -> print(ProgressText.hold(e.hold()));
      case TransferEvent.HoldEnded ignored -> print(ProgressText.goesOn(waits.holds()));
      case TransferEvent.EndedEarly end -> print("stops: " + end.why());
      case TransferEvent.OutageBegan ignored -> print("no network: waiting for the probe URL");
      case TransferEvent.OutageEnded outage ->
          print("network is back after " + HumanFormat.duration(outage.lasted()));
      case TransferEvent.FileEnded file -> {
        outcomes.add(file.outcome());
        if (file.outcome() instanceof Outcome.Failed failed) {
          failed(file.download().target().value(), failed.failure());
        }
      }
      case TransferEvent.Requeued again -> {
        outcomes.takeBack(again.was());
        verbose("queued again: " + again.download().target());
      }
      case TransferEvent.RunEnded run -> {
        ended = true;
        print(ProgressText.end(run.elapsed(), outcomes.files(files), stopped));
      }
    }
  }

  @Override
  public void onProgress(RunProgress progress) {
    rate.add(progress.elapsed(), progress.received());
    forecast.add(progress);
    stopped = progress.stopped();
    files = Math.max(files, progress.files());
    if (!ended && detail == Detail.VERBOSE) {
      found.news(progress).forEach(this::print);
    }
    if (ended || detail == Detail.QUIET || progress.elapsed().compareTo(next) < 0) {
      return;
    }
    next = progress.elapsed().plus(interval.at(progress.elapsed()));
    print(ProgressText.progress(progress, rate.perSecond(), forecast.forecast(), waited(progress)));
    receivedThen = progress.received();
  }

  /**
   * Why the run pauses; else paused hosts, and the reason if nothing has arrived since the last
   * line.
   */
  private Optional<String> waited(RunProgress progress) {
    if (progress.paused()) {
      return waits.held();
    }
    return progress.received() == receivedThen
        ? waits.reason(progress)
        : waits.pausedHosts(progress);
  }

  private void failed(String what, Failure failure) {
    print("failed: " + what + ": " + failure.shown());
  }

  private void verbose(String line) {
    if (detail == Detail.VERBOSE) {
      print(line);
    }
  }

  private void print(String line) {
    out.accept(Redaction.of(line));
  }
}
