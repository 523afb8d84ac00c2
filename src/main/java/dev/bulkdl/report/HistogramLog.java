package dev.bulkdl.report;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Renders an interval log of HdrHistogram. Each interval has four lines, tagged {@code connect},
 * {@code firstByte}, {@code file} and {@code rate}. Times are in nanoseconds, as the format's tools
 * expect; rates are in bytes per second.
 *
 * @param start of the log; interval times are relative to it
 */
public record HistogramLog(String version, Instant start) {

  /** The lines before the first interval, without the line end of the last one. */
  public String header() {
    return text(
        log -> {
          log.outputComment("[Logged with bulkdl " + version + "]");
          log.outputLogFormatVersion();
          log.outputStartTime(start.toEpochMilli());
          log.outputLegend();
        });
  }

  /**
   * The lines of one interval, without the line end of the last one.
   *
   * @param suffix appended to each of the four tags
   */
  public String interval(Histograms histograms, String suffix, Instant from, Instant to) {
    return text(
        log -> {
          log.setBaseTime(start.toEpochMilli());
          for (Histograms.Named each : histograms.named()) {
            Histogram histogram = each.histogram();
            histogram.setTag(each.name() + suffix);
            histogram.setStartTimeStamp(from.toEpochMilli());
            histogram.setEndTimeStamp(to.toEpochMilli());
            log.outputIntervalHistogram(histogram);
          }
        });
  }

  private static String text(Consumer<HistogramLogWriter> writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
    writing.accept(new HistogramLogWriter(out));
    out.flush();
    return bytes.toString(StandardCharsets.US_ASCII).stripTrailing();
  }
}
