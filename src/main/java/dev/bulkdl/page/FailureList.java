package dev.bulkdl.page;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.FailureText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that failed most recently. A file that succeeds later is removed. Not thread-safe. */
final class FailureList {
  private final int capacity;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  FailureList(int capacity) {
    this.capacity = capacity;
  }

  /**
   * A file that failed.
   *
   * @param name the file's name, or its line in the manifest
   * @param url empty if it could not be read
   */
  public record Row(String name, String url, String cause, String nextStep, int attempts) {}

  void ended(TransferEvent.FileEnded file) {
    String name = Texts.name(file.download());
    rows.remove(name);
    if (file.outcome() instanceof Outcome.Failed failed) {
      int attempts = failed.effort().attempts();
      add(row(name, Texts.url(file.download()), failed.failure(), attempts));
    }
  }

  void rejected(TransferEvent.RowRejected row) {
    add(row("line " + row.line(), "", row.failure(), 0));
  }

  /** Newest first. */
  List<Row> rows() {
    return new ArrayList<>(rows.values()).reversed();
  }

  private static Row row(String name, String url, Failure failure, int attempts) {
    return new Row(name, url, Texts.cause(failure), FailureText.nextStep(failure.kind()), attempts);
  }

  private void add(Row row) {
    rows.put(row.name(), row);
    if (rows.size() > capacity) {
      rows.remove(rows.keySet().iterator().next());
    }
  }
}
