package dev.bulkdl.report;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.State;
import dev.bulkdl.report.RunReport.Throughput;
import dev.bulkdl.text.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Aggregates the events of a run into a {@link RunReport}. Counting takes no lock. The memory grows
 * neither with the number of files nor with the number of events. Thread-safe.
 */
public final class RunStatistics implements ProgressListener {

  private final String version;
  private final OutcomeTally outcomes = new OutcomeTally();
  private final HostTally hosts = new HostTally();
  private final LongAdder retries = new LongAdder();
  private final Timings timings;
  private final FailureTally failures = new FailureTally();
  private final PeakRate peak = new PeakRate();
  private final PauseTally pauses = new PauseTally(InstantSource.system());

  private volatile TransferEvent.RunStarted start =
      new TransferEvent.RunStarted("", "", Path.of(""), -1, Instant.EPOCH);
  private volatile String tls = "none";
  private volatile Duration elapsed = Duration.ZERO;
  private volatile long filesKnown = -1;
  private volatile boolean stopped;
  private volatile Optional<String> endedEarly = Optional.empty();
  private volatile Optional<Instant> endedAt = Optional.empty();

  /**
   * @param version the program's version, for the report
   */
  public RunStatistics(String version) {
    this(version, new Timings());
  }

  /**
   * @param version the program's version, for the report
   * @param timings receives the run's events from this object only
   */
  public RunStatistics(String version, Timings timings) {
    this.version = version;
    this.timings = timings;
  }

  @Override
  public void onEvent(TransferEvent event) {
    timings.onEvent(event);
    switch (event) {
      case TransferEvent.RunStarted started -> start = started;
      case TransferEvent.RowRejected row -> {
        outcomes.addFailed(row.failure());
        failures.add("line " + row.line(), "", row.failure(), 0);
      }
      case TransferEvent.FileStarted ignored -> {}
      case TransferEvent.TlsBegan began -> tls = began.by();
      case TransferEvent.Connected ignored -> {}
      case TransferEvent.Delivered content -> hosts.delivered(content);
      case TransferEvent.Answered ignored -> {}
      case TransferEvent.Retrying retry -> {
        retries.increment();
        hosts.attemptFailed(retry.download().origin(), retry.failure());
      }
      case TransferEvent.Restarted ignored -> {}
      case TransferEvent.OriginPaused ignored -> {}
      case TransferEvent.HoldBegan began -> pauses.began(began.hold());
      case TransferEvent.HoldEnded over -> pauses.ended(over.hold());
      case TransferEvent.EndedEarly early -> endedEarly = Optional.of(early.why());
      case TransferEvent.OutageBegan ignored -> {}
      case TransferEvent.OutageEnded ignored -> {}
      case TransferEvent.FileEnded ended -> fileEnded(ended);
      case TransferEvent.Requeued again -> {
        outcomes.takeBack(again.was());
        hosts.takeBack(again.download().origin());
        failures.takeBack(again.download().target().value(), again.was().failure());
      }
      case TransferEvent.RunEnded ended -> {
        elapsed = ended.elapsed();
        endedAt = Optional.of(ended.at());
      }
    }
  }

  @Override
  public void onProgress(RunProgress progress) {
    elapsed = progress.elapsed();
    filesKnown = progress.files();
    stopped = progress.stopped();
    peak.add(progress.elapsed(), progress.received());
  }

  /** Records for each origin how many connections paid. */
  public void connectionsFound(Function<Origin, RunReport.Connections> found) {
    hosts.found(found);
  }

  /** The run so far. Active files count only in the throughput. */
  public RunReport report(int exitCode) {
    ByteCounts bytes = outcomes.bytes();
    Histograms measured = timings.all();
    return new RunReport(
        version,
        Redaction.of(start.manifest()),
        start.outputDir().toString(),
        start.at(),
        tls,
        elapsed.toMillis() / 1000.0,
        exitCode,
        outcomes.files(Math.max(start.files(), filesKnown)),
        bytes,
        throughput(bytes.downloaded()),
        measured.millis(),
        retries.sum(),
        outcomes.failures(),
        hosts.snapshot(),
        outcomes.proofs(),
        outcomes.permanentFailures(),
        outcomes.transientFailures(),
        outcomes.diskFailures(),
        measured.rates(),
        RunReport.SCHEMA_VERSION,
        start.id(),
        endedAt.isPresent() ? State.ended : State.running,
        endedAt,
        stopped,
        new TreeMap<>(),
        failures.groups(),
        failures.newest(),
        pauses.pauses(),
        endedEarly);
  }

  private void fileEnded(TransferEvent.FileEnded ended) {
    Download download = ended.download();
    outcomes.add(ended.outcome());
    hosts.fileEnded(download.origin(), ended.outcome());
    if (ended.outcome() instanceof Outcome.Failed failed) {
      failures.add(
          download.target().value(),
          download.source().toString(),
          failed.failure(),
          failed.effort().attempts());
    }
  }

  private Throughput throughput(long downloaded) {
    long nanos = elapsed.toNanos();
    long mean = nanos == 0 ? 0 : Math.round(1e9 * downloaded / nanos);
    return new Throughput(mean, Math.max(mean, peak.perSecond()));
  }
}
