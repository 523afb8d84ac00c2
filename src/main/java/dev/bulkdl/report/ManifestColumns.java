package dev.bulkdl.report;

import dev.bulkdl.model.Column;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a manifest hold, told from its header.
 *
 * @param names columns that may hold the file name
 * @param urls columns that may hold the URL
 * @param extra columns that mean nothing to a download, in order
 */
record ManifestColumns(List<String> names, List<String> urls, List<String> extra) {

  static ManifestColumns of(List<String> header) {
    return new ManifestColumns(
        among(header, Column.FILENAME),
        among(header, Column.URL),
        header.stream().filter(column -> Column.named(column).isEmpty()).toList());
  }

  /** The file name that the row gives, or an empty text. */
  String nameIn(Map<String, String> row) {
    return firstFilled(names, row);
  }

  /** The URL that the row gives, or an empty text. */
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
