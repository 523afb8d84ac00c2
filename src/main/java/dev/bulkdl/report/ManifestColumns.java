package dev.bulkdl.report;

import dev.bulkdl.manifest.Column;
import java.util.List;
import java.util.Map;

/**
 * The meaning of a manifest's columns, derived from its header. Immutable.
 *
 * @param names columns that can contain the file name
 * @param urls columns that can contain the URL
 * @param extra all other columns, in their order
 */
record ManifestColumns(List<String> names, List<String> urls, List<String> extra) {

  static ManifestColumns of(List<String> header) {
    return new ManifestColumns(
        among(header, Column.FILENAME),
        among(header, Column.URL),
        header.stream().filter(column -> Column.named(column).isEmpty()).toList());
  }

  /** The file name in this row, or an empty text. */
  String nameIn(Map<String, String> row) {
    return firstFilled(names, row);
  }

  /** The URL in this row, or an empty text. */
  String urlIn(Map<String, String> row) {
    return firstFilled(urls, row);
  }

  private static String firstFilled(List<String> columns, Map<String, String> row) {
    return columns.stream()
        .map(column -> row.getOrDefault(column, ""))
        .filter(cell -> !cell.isBlank())
        .findFirst()
        .orElse("");
  }

  private static List<String> among(List<String> header, Column wanted) {
    return header.stream()
        .filter(column -> Column.named(column).filter(wanted::equals).isPresent())
        .toList();
  }
}
