package dev.bulkdl.report;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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

  /** The default for the least time between two progress lines. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Duration RATE_WINDOW = Duration.ofSeconds(15);

  private final Consumer<String> out;
  private final Detail detail;
  private final Duration interval;
  private final OutcomeTally outcomes = new OutcomeTally();
  // Only the thread that calls onProgress uses these two fields.
  private final RateWindow rate = new RateWindow(RATE_WINDOW);
  private Duration next;
  private volatile long files;
  private volatile boolean ended;

  /** Reports events only, no progress. */
  public static ProgressLines ofEvents(Consumer<String> out, Detail detail) {
    return new ProgressLines(out, detail, ChronoUnit.FOREVER.getDuration());
  }

  /**
   * @param out receives one line at a time
   * @param interval the least time between two progress lines
   */
  public ProgressLines(Consumer<String> out, Detail detail, Duration interval) {
    this.out = out;
    this.detail = detail;
    this.interval = interval;
    this.next = interval;
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (detail == Detail.QUIET) {
      return;
    }
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
        print(ProgressText.end(run.elapsed(), outcomes.files(files), outcomes.bytes()));
      }
    }
  }

  @Override
  public void onProgress(RunProgress progress) {
    rate.add(progress.elapsed(), progress.received());
    if (ended || detail == Detail.QUIET || progress.elapsed().compareTo(next) < 0) {
      return;
    }
    next = progress.elapsed().plus(interval);
    print(ProgressText.progress(progress, rate.perSecond()));
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
