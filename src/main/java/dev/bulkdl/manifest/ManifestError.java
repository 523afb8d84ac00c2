package dev.bulkdl.manifest;

import dev.bulkdl.model.Failure;

/**
 * What is wrong in one place of a manifest.
 *
 * @param line the physical line, from 1, on which the row or the cell begins; 0 where it is the
 *     whole manifest
 * @param column the cell's number in its row, from 1; 0 where it is the whole row
 * @param columnName the header's name of that column, empty where there is none
 * @param failure the reason, as the row's outcome shows it when bad rows are skipped
 */
public record ManifestError(long line, int column, String columnName, Failure failure) {

  /** An error of a whole row, or of the whole manifest where the line is 0. */
  public static ManifestError ofRow(long line, String reason) {
    return new ManifestError(line, 0, "", new Failure.Name(reason));
  }

  /** What is wrong and, where it is not plain, the way out: for people, without secrets. */
  public String reason() {
    return failure.text();
  }

  /** For people: {@code line 12, column 2 (url): only http and https are fetched, not ftp}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (line > 0) {
      text.append("line ").append(line);
    }
    if (column > 0) {
      text.append(", column ").append(column);
    }
    if (!columnName.isEmpty()) {
      text.append(" (").append(columnName).append(')');
    }
    return (text.isEmpty() ? text : text.append(": ")).append(reason()).toString();
  }
}
