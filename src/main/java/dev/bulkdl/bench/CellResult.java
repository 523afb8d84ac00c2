package dev.bulkdl.bench;

import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.RunReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One measurement.
 *
 * @param measured connects since the start of the run, everything else within the window
 * @param report of the whole run, including the warmup
 * @param firstFailure the row and the cause of the first failed attempt
 */
public record CellResult(
    BenchPlan.Cell cell,
    Instant startedAt,
    MeasuredWindow window,
    Histograms measured,
    RunReport report,
    Optional<String> firstFailure) {

  private static final double MIB = 1 << 20;

  /** The lines that the user sees when the cell ends. */
  public List<String> lines() {
    String head = "connections " + cell.connections() + ", run " + cell.repeat() + ": ";
    String rates =
        String.format(Locale.ROOT, "%.1f MiB/s, %.1f files/s", mibPerSecond(), filesPerSecond());
    Stream<String> failed =
        firstFailure.stream().map(text -> head + "errors " + errors() + ", the first at " + text);
    return Stream.concat(Stream.of(head + rates), failed).toList();
  }

  double mibPerSecond() {
    return window.perSecond(window.bytes()) / MIB;
  }

  double filesPerSecond() {
    return window.perSecond(window.files());
  }

  /** Failed attempts, repeated or not, since the start of the cell. */
  long errors() {
    return report.retries() + report.files().failed();
  }

  /** True if bytes or files arrived within the window. */
  boolean hasMeasured() {
    return window.bytes() + window.files() > 0;
  }

  /**
   * {@code COMPLETE} if something was measured and the disk did not fail. Otherwise the exit code
   * of the disk or of the run itself.
   */
  int exitCode() {
    if (report.diskFailures() > 0) {
      return ExitCode.DISK;
    }
    if (hasMeasured()) {
      return ExitCode.COMPLETE;
    }
    return report.exitCode() == ExitCode.COMPLETE ? ExitCode.TRY_AGAIN : report.exitCode();
  }
}
