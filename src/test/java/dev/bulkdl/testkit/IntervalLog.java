package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** An interval log, read by HdrHistogram's own reader. */
public final class IntervalLog {
  private IntervalLog() {}

  public static List<Histogram> read(Path file) {
    List<Histogram> all = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      for (EncodableHistogram next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        all.add((Histogram) next);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of values by tag, over all intervals. */
  public static Map<String, Long> counts(Path file) {
    Map<String, Long> counts = new TreeMap<>();
    read(file).forEach(each -> counts.merge(each.getTag(), each.getTotalCount(), Long::sum));
    return counts;
  }
}
