package dev.bulkdl.bench;

import dev.bulkdl.report.HistogramLog;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders the cells as an interval log of HdrHistogram, with the tags {@code file-N} for N
 * connections.
 */
final class BenchLog {

  private BenchLog() {}

  static String text(String version, List<CellResult> cells) {
    Instant start = cells.isEmpty() ? Instant.EPOCH : cells.getFirst().startedAt();
    HistogramLog log = new HistogramLog(version, start);
    return Stream.concat(Stream.of(log.header()), cells.stream().map(cell -> interval(log, cell)))
        .map(lines -> lines + "\n")
        .collect(Collectors.joining());
  }

  private static String interval(HistogramLog log, CellResult result) {
    Instant end = result.startedAt().plus(result.window().last().elapsed());
    return log.interval(
        result.measured(),
        "-" + result.cell().connections(),
        end.minus(result.window().length()),
        end);
  }
}
