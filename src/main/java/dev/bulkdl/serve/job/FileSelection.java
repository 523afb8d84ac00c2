package dev.bulkdl.serve.job;

import java.util.List;

/** Which rows an action is for. */
public sealed interface FileSelection {

  /** These rows. */
  record Rows(List<Long> rows) implements FileSelection {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** All rows that match. */
  record Matching(FileFilter filter) implements FileSelection {}
}
