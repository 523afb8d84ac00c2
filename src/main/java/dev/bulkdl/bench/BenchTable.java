package dev.bulkdl.bench;

import dev.bulkdl.report.LatencySummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Renders throughput and latencies per number of connections, as lines for people. */
public final class BenchTable {

  private static final String COLUMNS = "%11s %22s %10s %15s %15s %23s %7s";

  private BenchTable() {}

  /** Two header lines, then one line per number of connections. */
  public static List<String> lines(BenchReport report) {
    String names =
        COLUMNS.formatted(
            "connections", "MiB/s", "files/s", "connect ms", "first byte ms", "file ms", "errors");
    String units =
        COLUMNS.formatted(
            "", "median (min-max)", "median", "p50/p99", "p50/p99", "p50/p99/max", "");
    return Stream.concat(
            Stream.of(names, units.stripTrailing()), report.sweep().stream().map(BenchTable::line))
        .toList();
  }

  private static String line(BenchReport.Row row) {
    LatencySummary connect = row.latencyMillis().connect();
    LatencySummary firstByte = row.latencyMillis().firstByte();
    LatencySummary file = row.latencyMillis().file();
    return COLUMNS.formatted(
        row.connections(),
        rate(row.mibPerSecond()),
        number(row.filesPerSecond().median()),
        millis(connect, connect.p50(), connect.p99()),
        millis(firstByte, firstByte.p50(), firstByte.p99()),
        millis(file, file.p50(), file.p99(), file.max()),
        row.errors());
  }

  private static String rate(Spread spread) {
    String median = number(spread.median());
    return spread.min() == spread.max()
        ? median
        : median + " (" + number(spread.min()) + "-" + number(spread.max()) + ")";
  }

  /** A dash if nothing was measured. */
  private static String millis(LatencySummary summary, double... values) {
    return summary.count() == 0
        ? "-"
        : DoubleStream.of(values).mapToObj(BenchTable::number).collect(Collectors.joining("/"));
  }

  /** Three significant digits, or a whole number. */
  private static String number(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
