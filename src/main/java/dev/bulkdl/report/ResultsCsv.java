package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.text.LineWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Writes results.csv: one row for each file when it ends. The cells contain no secrets, no control
 * characters and no external text that a spreadsheet would evaluate as a formula. Thread-safe.
 */
public final class ResultsCsv implements ReportFile {

  /** The file's name in the folder {@code .bulkdl}. */
  public static final String FILE_NAME = "results.csv";

  private final ResultRows rows;
  private final LineWriter out;

  private ResultsCsv(ResultRows rows, LineWriter out) {
    this.rows = rows;
    this.out = out;
  }

  /**
   * Creates the file and replaces an earlier one.
   *
   * @param ownFolder the folder {@code .bulkdl}, which must exist
   * @param manifestColumns the manifest's header; columns unknown to us follow our own
   * @throws IOException if the file cannot be created
   */
  public static ResultsCsv create(Path ownFolder, List<String> manifestColumns) throws IOException {
    return create(ownFolder, manifestColumns, InstantSource.system());
  }

  static ResultsCsv create(Path ownFolder, List<String> manifestColumns, InstantSource clock)
      throws IOException {
    ResultRows rows = new ResultRows(ManifestColumns.of(manifestColumns), clock);
    LineWriter out = new LineWriter(ReportFiles.create(ownFolder.resolve(FILE_NAME)));
    out.write(Csv.line(rows.header()));
    return new ResultsCsv(rows, out);
  }

  /**
   * Opens the file to add the rows of one more run. A last line that a kill has cut is removed. A
   * file with other columns is replaced.
   *
   * @param ownFolder the folder of the file, which must exist
   * @param manifestColumns the manifest's header
   * @throws IOException if the file cannot be written
   */
  public static ResultsCsv append(Path ownFolder, List<String> manifestColumns) throws IOException {
    ResultRows rows = new ResultRows(ManifestColumns.of(manifestColumns), InstantSource.system());
    String header = Csv.line(rows.header());
    Path file = ownFolder.resolve(FILE_NAME);
    if (!ReportFiles.beginsWith(file, header)) {
      return create(ownFolder, manifestColumns);
    }
    return new ResultsCsv(rows, new LineWriter(ReportFiles.append(file)));
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event instanceof TransferEvent.FileEnded ended) {
      out.write(Csv.line(rows.row(ended)));
    } else if (event instanceof TransferEvent.RowRejected rejected) {
      out.write(Csv.line(rows.row(rejected)));
    }
  }

  @Override
  public Optional<IOException> failure() {
    return out.failure();
  }

  @Override
  public void close() {
    out.close();
  }
}
