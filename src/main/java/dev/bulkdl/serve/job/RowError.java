package dev.bulkdl.serve.job;

import dev.bulkdl.manifest.ManifestError;

/**
 * What is wrong with a manifest.
 *
 * @param line from 1; 0 if it concerns the whole manifest
 * @param column from 1; 0 if it concerns the whole row
 * @param detail the reason for people, without secrets
 */
public record RowError(long line, int column, String detail) {

  static RowError of(ManifestError error) {
    String name = error.columnName().isEmpty() ? "" : error.columnName() + ": ";
    return new RowError(error.line(), error.column(), name + error.reason());
  }
}
