package dev.bulkdl.metrics;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.text.Redaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The metrics of one run. Bytes and files are not counted a second time: a scrape reads them from
 * the latest progress sample. Thread-safe.
 */
final class RunMetrics implements ProgressListener {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final String version;
  private final RunGauges run = new RunGauges(registry);
  private final HostMetrics hosts;
  private final FailureCounters ended = new FailureCounters(registry);
  private final Timer connect;
  private final Timer firstByte;
  private final Timer file;

  /**
   * @param version the program's version
   * @param clock tells how long pauses last
   */
  RunMetrics(String version, InstantSource clock) {
    this.version = version;
    this.hosts = new HostMetrics(registry, clock);
    connect = timer("connect", "Time to open a TCP connection.", Buckets.REQUEST);
    firstByte =
        timer("first.byte", "Time from a request to the headers of its response.", Buckets.REQUEST);
    file =
        timer("file", "Time from the first connection of a file to its final name.", Buckets.FILE);
  }

  /** All metrics in the Prometheus text format 0.0.4. */
  String scrape() {
    return registry.scrape();
  }

  @Override
  public void onProgress(RunProgress progress) {
    run.show(progress);
    hosts.show(progress.hosts());
  }

  @Override
  public void onEvent(TransferEvent event) {
    switch (event) {
      case TransferEvent.RunStarted started -> registerRun(started);
      case TransferEvent.RowRejected row -> ended.failed(row.failure());
      case TransferEvent.FileStarted ignored -> {}
      case TransferEvent.TlsBegan ignored -> {}
      case TransferEvent.Connected connected -> connect.record(connected.took());
      case TransferEvent.Answered answered -> firstByte.record(answered.took());
      case TransferEvent.Delivered delivered ->
          hosts.delivered(delivered.origin(), delivered.bytes());
      case TransferEvent.Retrying retry -> hosts.retried(retry.origin());
      case TransferEvent.Restarted ignored -> {}
      case TransferEvent.OriginPaused ignored -> {}
      case TransferEvent.HoldBegan ignored -> {}
      case TransferEvent.HoldEnded ignored -> {}
      case TransferEvent.EndedEarly ignored -> {}
      case TransferEvent.OutageBegan ignored -> {}
      case TransferEvent.OutageEnded ignored -> {}
      case TransferEvent.FileEnded each -> {
        ended.ended(each);
        if (each.outcome() instanceof Outcome.Completed completed) {
          file.record(completed.effort().elapsed());
        }
      }
      case TransferEvent.Requeued ignored -> {}
      case TransferEvent.RunEnded run -> registerEnd(run);
    }
  }

  private void registerRun(TransferEvent.RunStarted started) {
    Gauge.builder("bulkdl.run.info", started, ignored -> 1)
        .description("What runs; always 1.")
        .tag("version", version)
        .tag("manifest", Redaction.of(started.manifest()))
        .strongReference(true)
        .register(registry);
    Gauge.builder("bulkdl.run.start.time", started, run -> run.at().toEpochMilli() / 1000.0)
        .description("When the run began, since the Unix epoch.")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private void registerEnd(TransferEvent.RunEnded ended) {
    Gauge.builder("bulkdl.run.end.time", ended, run -> run.at().toEpochMilli() / 1000.0)
        .description("When the run ended, since the Unix epoch.")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  private Timer timer(String name, String description, List<Duration> buckets) {
    return Timer.builder("bulkdl." + name + ".duration")
        .description(description)
        .serviceLevelObjectives(buckets.toArray(Duration[]::new))
        .register(registry);
  }
}
