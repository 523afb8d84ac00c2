package dev.bulkdl.manifest;

import java.util.List;

/** One record of a CSV text, which may span several lines. */
sealed interface CsvRecord {

  /** The physical line, from 1, on which the record begins. */
  long line();

  /** The cells as far as they could be read. */
  List<String> cells();

  /** A record of one or more cells. */
  record Whole(long line, List<String> cells) implements CsvRecord {}

  /**
   * A record that breaks the rules of CSV in the cell after {@code cells}; the next one is on a
   * line of its own.
   *
   * @param text the line on which that showed, or its beginning
   */
  record Broken(long line, List<String> cells, String text, String reason) implements CsvRecord {}
}
