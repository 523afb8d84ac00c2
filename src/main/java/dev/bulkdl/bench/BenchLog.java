package dev.bulkdl.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The log format of HdrHistogram: for each cell three lines, with the tags {@code connect-N},
 * {@code firstByte-N} and {@code file-N} for N connections. Values are in nanoseconds, which is
 * what the format's tools expect.
 */
final class BenchLog {

  private BenchLog() {}

  static void write(Path file, String version, List<CellResult> cells) throws IOException {
    try (PrintStream out =
        new PrintStream(
            new BufferedOutputStream(Files.newOutputStream(file)),
            false,
            StandardCharsets.US_ASCII)) {
      write(new HistogramLogWriter(out), version, cells);
      if (out.checkError()) {
        throw new IOException(file + " cannot be written");
      }
    }
  }

  private static void write(HistogramLogWriter log, String version, List<CellResult> cells) {
    Instant start = cells.isEmpty() ? Instant.EPOCH : cells.getFirst().startedAt();
    log.outputComment("[Logged with bulkdl " + version + "]");
    log.outputLogFormatVersion();
    log.outputStartTime(start.toEpochMilli());
    log.setBaseTime(start.toEpochMilli());
    log.outputLegend();
    for (CellResult result : cells) {
      write(log, "connect", result, result.latencies().connect());
      write(log, "firstByte", result, result.latencies().firstByte());
      write(log, "file", result, result.latencies().file());
    }
  }

  private static void write(
      HistogramLogWriter log, String name, CellResult result, Histogram histogram) {
    Instant end = result.startedAt().plus(result.window().last().elapsed());
    histogram.setTag(name + "-" + result.cell().connections());
    histogram.setStartTimeStamp(end.minus(result.window().length()).toEpochMilli());
    histogram.setEndTimeStamp(end.toEpochMilli());
    log.outputIntervalHistogram(histogram);
  }
}
