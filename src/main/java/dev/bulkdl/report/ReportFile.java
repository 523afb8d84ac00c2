package dev.bulkdl.report;

import dev.bulkdl.event.TransferListener;
import java.io.IOException;
import java.util.Optional;

/**
 * A listener that writes what it receives to a file. If the file cannot be written, the run
 * continues: the first failure is remembered and nothing more is written. Thread-safe.
 */
public interface ReportFile extends TransferListener, AutoCloseable {

  /** The name of the run's page. Package {@code page} writes it; the summary names it. */
  String PAGE = "report.html";

  /** The first failure, if any. Final only after {@link #close}. */
  Optional<IOException> failure();

  /** Finishes the file. Later events are ignored, and closing again has no effect. */
  @Override
  void close();
}
