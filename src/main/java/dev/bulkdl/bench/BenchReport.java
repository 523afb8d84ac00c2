package dev.bulkdl.bench;

import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.RateSummary;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.Redaction;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The results of a bench, as in bench.json. The field names are a contract.
 *
 * @param sweep one row per number of connections, in the order of measurement
 * @param cells all measurements, in the order of measurement
 */
public record BenchReport(
    String version,
    String manifest,
    String sink,
    int segments,
    double warmupSeconds,
    double durationSeconds,
    int exitCode,
    List<Row> sweep,
    List<Measured> cells) {

  /**
   * All measurements with one number of connections.
   *
   * @param latencyMillis of these measurements together
   * @param errors failed attempts, repeated or not
   */
  public record Row(
      int connections,
      Spread mibPerSecond,
      Spread filesPerSecond,
      RunReport.Latencies latencyMillis,
      RateSummary connectionBytesPerSecond,
      long errors) {

    private static Row of(int connections, List<CellResult> cells) {
      Histograms all = Histograms.sum(cells.stream().map(CellResult::measured).toList());
      return new Row(
          connections,
          Spread.of(cells.stream().map(CellResult::mibPerSecond).toList()),
          Spread.of(cells.stream().map(CellResult::filesPerSecond).toList()),
          all.millis(),
          all.rates(),
          cells.stream().mapToLong(CellResult::errors).sum());
    }
  }

  /**
   * One measurement.
   *
   * @param seconds the length of the window
   * @param bytes received within the window
   * @param files completed within the window
   * @param retries failed attempts that were repeated, since the start of the cell
   * @param failures failed files by class, since the start of the cell
   */
  public record Measured(
      int connections,
      int repeat,
      Instant startedAt,
      double seconds,
      long bytes,
      long files,
      double mibPerSecond,
      double filesPerSecond,
      RunReport.Latencies latencyMillis,
      RateSummary connectionBytesPerSecond,
      long retries,
      NavigableMap<String, Long> failures) {

    public Measured {
      failures = Collections.unmodifiableNavigableMap(new TreeMap<>(failures));
    }

    private static Measured of(CellResult result) {
      return new Measured(
          result.cell().connections(),
          result.cell().repeat(),
          result.startedAt(),
          result.window().length().toNanos() / 1e9,
          result.window().bytes(),
          result.window().files(),
          result.mibPerSecond(),
          result.filesPerSecond(),
          result.measured().millis(),
          result.measured().rates(),
          result.report().retries(),
          result.report().failures());
    }
  }

  public BenchReport {
    sweep = List.copyOf(sweep);
    cells = List.copyOf(cells);
  }

  /** The report of these cells, with the exit code that follows from them. */
  public static BenchReport of(
      String manifest, Settings settings, BenchPlan plan, List<CellResult> cells) {
    return new BenchReport(
        ProgramVersion.text(),
        Redaction.of(manifest),
        settings.disk().writeMode().name().toLowerCase(Locale.ROOT),
        settings.limits().segments(),
        plan.warmup().toMillis() / 1000.0,
        plan.duration().toMillis() / 1000.0,
        cells.stream()
            .mapToInt(CellResult::exitCode)
            .filter(code -> code != ExitCode.COMPLETE)
            .findFirst()
            .orElse(ExitCode.COMPLETE),
        plan.connections().stream()
            .filter(count -> cells.stream().anyMatch(result -> isOf(count, result)))
            .map(count -> Row.of(count, cells.stream().filter(one -> isOf(count, one)).toList()))
            .toList(),
        cells.stream().map(Measured::of).toList());
  }

  private static boolean isOf(int connections, CellResult result) {
    return result.cell().connections() == connections;
  }

  /** A copy with the exit code of a signal. */
  public BenchReport withExitCode(int code) {
    return new BenchReport(
        version, manifest, sink, segments, warmupSeconds, durationSeconds, code, sweep, cells);
  }
}
