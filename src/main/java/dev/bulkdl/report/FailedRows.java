package dev.bulkdl.report;

import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes rows of a manifest, unchanged, to a file that is a manifest itself. Its URLs keep their
 * credentials; therefore only its owner can read it. Not thread-safe.
 */
public final class FailedRows implements AutoCloseable {

  private final Path draft;
  private final LineWriter out;
  private final List<String> columns;

  private FailedRows(Path draft, LineWriter out, List<String> columns) {
    this.draft = draft;
    this.out = out;
    this.columns = List.copyOf(columns);
    out.write(Csv.line(columns));
  }

  /** Begins a draft of this file. */
  public static FailedRows create(Path file, List<String> columns) throws IOException {
    Path draft = Files.createTempFile(ReportFiles.draftOf(file).getParent(), "failed-", ".tmp");
    return new FailedRows(draft, new LineWriter(ReportFiles.createPrivate(draft)), columns);
  }

  /** Adds a row with these cells. */
  public void add(Map<String, String> cells) {
    out.write(Csv.line(columns.stream().map(name -> cells.getOrDefault(name, "")).toList()));
  }

  /** Gives the file its name, in place of an earlier one. */
  public void publish(Path file) throws IOException {
    out.close();
    if (out.failure().isPresent()) {
      throw out.failure().get();
    }
    ReportFiles.publish(draft, file);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(draft);
  }
}
