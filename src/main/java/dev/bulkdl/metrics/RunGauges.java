package dev.bulkdl.metrics;

import dev.bulkdl.event.RunProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The gauges and counters of a run. A scrape reads them from the latest progress sample.
 * Thread-safe.
 */
final class RunGauges {

  private final MeterRegistry registry;
  private volatile RunProgress run = RunProgress.NOTHING_YET;

  RunGauges(MeterRegistry registry) {
    this.registry = registry;
    addBytes();
    addFiles();
    addConnections();
  }

  void show(RunProgress progress) {
    run = progress;
  }

  private void addBytes() {
    counter(
            "received",
            "Bytes that the network delivered and the disk took.",
            RunProgress::received)
        .baseUnit("bytes")
        .register(registry);
    gauge("remaining", "Bytes that are known to be still missing.", RunProgress::expected)
        .baseUnit("bytes")
        .register(registry);
    gauge("disk.free", "Bytes that can still be written in the output folder.", RunGauges::free)
        .baseUnit("bytes")
        .register(registry);
  }

  /** Uses gauges, because these counts can decrease: a requeued file no longer counts as failed. */
  private void addFiles() {
    addFiles("completed", RunProgress::completed);
    addFiles("skipped", RunProgress::skipped);
    addFiles("failed", RunProgress::failed);
    addFiles("cancelled", RunProgress::cancelled);
    addFiles("pending", RunGauges::pending);
    addFiles("running", RunGauges::running);
    counter("retries", "Attempts that failed and were repeated.", RunProgress::retries)
        .register(registry);
  }

  private void addFiles(String status, ToDoubleFunction<RunProgress> count) {
    gauge(
            "files",
            "Files by how they ended; running: those with a connection; pending: the rest.",
            count)
        .tag("status", status)
        .register(registry);
  }

  private void addConnections() {
    gauge("connections", "Connections that are open for content.", RunProgress::connections)
        .register(registry);
    gauge("connections.allowed", "Connections that may be open.", RunProgress::allowed)
        .register(registry);
    gauge("paused", "1 while the run is paused, else 0.", run -> run.paused() ? 1 : 0)
        .register(registry);
  }

  private static double free(RunProgress run) {
    return run.freeSpace().isPresent() ? run.freeSpace().getAsLong() : Double.NaN;
  }

  private static double pending(RunProgress run) {
    return run.files() < 0 ? Double.NaN : Math.max(0, run.files() - run.ended() - running(run));
  }

  private static long running(RunProgress run) {
    return run.active().stream().filter(file -> file.connections() > 0).count();
  }

  private FunctionCounter.Builder<RunGauges> counter(
      String name, String description, ToDoubleFunction<RunProgress> value) {
    return FunctionCounter.builder(
            "bulkdl." + name, this, gauges -> value.applyAsDouble(gauges.run))
        .description(description);
  }

  private Gauge.Builder<RunGauges> gauge(
      String name, String description, ToDoubleFunction<RunProgress> value) {
    return Gauge.builder("bulkdl." + name, this, gauges -> value.applyAsDouble(gauges.run))
        .description(description);
  }
}
