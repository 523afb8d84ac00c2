package dev.bulkdl.metrics;

import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes the metrics of a run into a file every few seconds and once more at its end, for the
 * textfile collector of node_exporter. A reader sees the old file or the new one, never a part. The
 * last state stays there after the run. Thread-safe.
 */
final class MetricsFile implements ProgressListener, AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Path file;
  private final Path draft;
  private final RunMetrics metrics;
  private Duration next = INTERVAL;
  private Optional<IOException> failure = Optional.empty();

  private MetricsFile(Path file, RunMetrics metrics) {
    this.file = file;
    // the collector reads names that end with .prom only
    this.draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    this.metrics = metrics;
  }

  /**
   * Writes the file for the first time.
   *
   * @throws IOException if it cannot be written
   */
  static MetricsFile create(Path file, RunMetrics metrics) throws IOException {
    MetricsFile created = new MetricsFile(file.toAbsolutePath(), metrics);
    created.write();
    return created;
  }

  @Override
  public synchronized void onProgress(RunProgress progress) {
    if (progress.elapsed().compareTo(next) >= 0) {
      next = progress.elapsed().plus(INTERVAL);
      tryToWrite();
    }
  }

  /** The last failure; empty if the newest state could be written. */
  synchronized Optional<IOException> failure() {
    return failure;
  }

  @Override
  public synchronized void close() {
    tryToWrite();
  }

  private void tryToWrite() {
    try {
      write();
      failure = Optional.empty();
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  private void write() throws IOException {
    Files.writeString(draft, metrics.scrape());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
