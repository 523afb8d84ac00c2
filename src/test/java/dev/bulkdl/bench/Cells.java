package dev.bulkdl.bench;

import dev.bulkdl.bench.MeasuredWindow.Sample;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.RangeSupport;
import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.RunStatistics;
import dev.bulkdl.report.Timings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Results with fixed numbers, for tests. */
final class Cells {

  static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");
  private static final Download FILE = Download.of("a", URI.create("http://host.example/a"));
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Cells() {}

  /**
   * A window of 2 s after a warmup of 1 s, with these MiB and files in it, and one latency of each
   * kind.
   */
  static CellResult cell(int connections, int repeat, long mib, long files) {
    MeasuredWindow window =
        MeasuredWindow.of(SECOND, SECOND.multipliedBy(2))
            .with(new Sample(SECOND, 77, 7))
            .with(new Sample(SECOND.multipliedBy(3), 77 + (mib << 20), 7 + files));
    Timings timings = new Timings();
    timings.onEvent(new TransferEvent.Connected(Duration.ofMillis(repeat)));
    timings.onEvent(
        new TransferEvent.Answered(FILE, FILE.origin(), 200, Duration.ofMillis(10L * repeat)));
    if (files > 0) {
      timings.onEvent(completed(Duration.ofMillis(100L * repeat)));
    }
    return result(connections, repeat, window, timings.all(), new RunStatistics("1").report(0));
  }

  private static TransferEvent completed(Duration elapsed) {
    Outcome.Effort effort = new Outcome.Effort(0, 0, 0, 1, 1, RangeSupport.UNKNOWN, elapsed);
    return new TransferEvent.FileEnded(FILE, new Outcome.Completed(0, Proof.LENGTH, effort));
  }

  /** A cell in which nothing was measured and one file failed with this failure. */
  static CellResult nothing(Failure failure, int exitCode) {
    RunStatistics statistics = new RunStatistics("1");
    statistics.onEvent(
        new TransferEvent.FileEnded(FILE, new Outcome.Failed(failure, Outcome.Effort.none())));
    MeasuredWindow window = MeasuredWindow.of(SECOND, SECOND);
    return result(1, 1, window, new Timings().all(), statistics.report(exitCode));
  }

  private static CellResult result(
      int connections, int repeat, MeasuredWindow window, Histograms measured, RunReport report) {
    return new CellResult(
        new BenchPlan.Cell(connections, repeat),
        NOON.plusSeconds(repeat),
        window,
        measured,
        report,
        Optional.empty());
  }
}
