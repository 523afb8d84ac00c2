package dev.bulkdl.manifest;

import dev.bulkdl.model.Failure;

/**
 * One error in a manifest and its place.
 *
 * @param line the physical line, from 1, on which the row or the cell begins; 0 if the error
 *     concerns the whole manifest
 * @param column the number of the cell in its row, from 1; 0 if the error concerns the whole row
 * @param columnName the name of that column in the header; empty if there is none
 * @param failure the reason; when bad rows are skipped, it is the outcome of the row
 */
public record ManifestError(long line, int column, String columnName, Failure failure) {

  /** Returns an error of a whole row, or of the whole manifest if the line is 0. */
  public static ManifestError ofRow(long line, String reason) {
    return new ManifestError(line, 0, "", new Failure.Name(reason));
  }

  /**
   * Returns the message for the user, without secrets. It names the cause and, where this is not
   * obvious, the way out.
   */
  public String reason() {
    return failure.text();
  }

  /**
   * Returns a message for the user, such as {@code line 12, column 2 (url): only http and https are
   * fetched, not ftp}.
   */
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
