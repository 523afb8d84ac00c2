package dev.bulkdl.report;

import dev.bulkdl.event.TransferListener;
import java.io.IOException;
import java.util.Optional;

/**
 * A listener that keeps what it sees in a file. When the file cannot be written the run goes on
 * without it: the first failure is remembered, and nothing more is written. Thread-safe.
 */
public interface ReportFile extends TransferListener, AutoCloseable {

  /** The page of a run, which another package writes, and the summary names. */
  String PAGE = "report.html";

  /** Why the file is not what it should be; asked after {@link #close} it tells of everything. */
  Optional<IOException> failure();

  /** Finishes the file. Events that come later are lost; closing again changes nothing. */
  @Override
  void close();
}
