package dev.bulkdl.manifest;

import java.util.List;

/** One record of a CSV text. A record can span several lines. */
sealed interface CsvRecord {

  /** The physical line, from 1, on which the record starts. */
  long line();

  /** The cells that could be read. */
  List<String> cells();

  /** A complete record of one or more cells. */
  record Whole(long line, List<String> cells) implements CsvRecord {}

  /**
   * A record that breaks the rules of CSV in the cell after {@code cells}. The next record begins
   * on a new line.
   *
   * @param text the beginning of the line on which the parser found the error
   */
  record Broken(long line, List<String> cells, String text, String reason) implements CsvRecord {}
}
