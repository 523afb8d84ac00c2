package dev.bulkdl.manifest;

import java.util.NoSuchElementException;
import java.util.Optional;

/** One pass over the rows of a CSV text. Each record is parsed only when the caller asks for it. */
final class CsvRows implements ManifestRows {

  private final CsvRecords records;
  private final RowReader reader;
  private boolean headerIsNext;
  private Optional<CsvRecord> waiting = Optional.empty();

  CsvRows(CsvRecords records, ColumnLayout layout) {
    this.records = records;
    this.reader = new RowReader(layout);
    this.headerIsNext = !layout.firstIsData();
  }

  @Override
  public boolean hasNext() {
    if (headerIsNext) {
      records.next();
      headerIsNext = false;
    }
    if (waiting.isEmpty()) {
      waiting = records.next();
    }
    return waiting.isPresent();
  }

  @Override
  public ManifestRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ManifestRow row = reader.read(waiting.orElseThrow());
    waiting = Optional.empty();
    return row;
  }

  @Override
  public void close() {
    records.close();
  }
}
