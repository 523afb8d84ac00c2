package dev.bulkdl.report;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes latency.hlog, an interval log of HdrHistogram that grows during the run. An interval lasts
 * ten seconds, or a hundredth of the elapsed time if that is longer. So the log of a week has fewer
 * than a thousand intervals.
 */
public final class LatencyLog implements ReportFile, ProgressListener {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "latency.hlog";

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final int PARTS = 100;

  private final Timings timings;
  private final LineWriter out;
  private final String version;
  private volatile HistogramLog log;
  private volatile boolean hasHeader;
  private volatile Duration from = Duration.ZERO;
  private volatile Duration now = Duration.ZERO;

  private LatencyLog(Timings timings, String version, LineWriter out) {
    this.timings = timings;
    this.version = version;
    this.log = new HistogramLog(version, Instant.EPOCH);
    this.out = out;
  }

  /**
   * Creates the file and replaces an earlier one.
   *
   * @param ownFolder the folder {@code .bulkdl}, which must exist
   * @param timings listens to the same run; only this log may call {@link Timings#take} on it
   * @throws IOException if the file cannot be created
   */
  public static LatencyLog create(Path ownFolder, Timings timings, String version)
      throws IOException {
    LineWriter out = new LineWriter(ReportFiles.create(ownFolder.resolve(FILE_NAME)));
    return new LatencyLog(timings, version, out);
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.RunStarted started) {
      log = new HistogramLog(version, started.at());
    }
  }

  /** Not at the start: to format a date takes longer than a small file. */
  private void writeHeader() {
    if (!hasHeader) {
      hasHeader = true;
      out.write(log.header());
    }
  }

  @Override
  public void onProgress(RunProgress progress) {
    now = progress.elapsed();
    if (now.minus(from).compareTo(interval(now)) >= 0) {
      writeInterval();
    }
  }

  /** The length of an interval that ends at this time since the run began. */
  static Duration interval(Duration elapsed) {
    Duration part = elapsed.dividedBy(PARTS);
    return part.compareTo(SHORTEST) > 0 ? part : SHORTEST;
  }

  private void writeInterval() {
    writeHeader();
    Instant start = log.start();
    out.write(log.interval(timings.take(), "", start.plus(from), start.plus(now)));
    from = now;
  }

  @Override
  public Optional<IOException> failure() {
    return out.failure();
  }

  @Override
  public void close() {
    if (now.compareTo(from) > 0) {
      writeInterval();
    }
    writeHeader();
    out.close();
  }
}
