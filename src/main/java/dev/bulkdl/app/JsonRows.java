package dev.bulkdl.app;

import dev.bulkdl.report.JsonText;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One JSON document with a line for each row and the totals at the end. It needs no memory for the
 * rows. Not thread-safe.
 */
final class JsonRows {

  private final Consumer<String> lines;
  private String held = "";

  JsonRows(Consumer<String> lines) {
    this.lines = lines;
    lines.accept("{\"rows\":[");
  }

  /** Adds a row. It is printed when it is known whether another one follows. */
  void add(Map<String, Object> fields) {
    flush(",");
    held = JsonText.line(fields);
  }

  /** Ends the document. */
  void end(Map<String, Object> totals) {
    flush("");
    lines.accept("],\"totals\":" + JsonText.line(totals) + "}");
  }

  private void flush(String separator) {
    if (!held.isEmpty()) {
      lines.accept(held + separator);
      held = "";
    }
  }
}
