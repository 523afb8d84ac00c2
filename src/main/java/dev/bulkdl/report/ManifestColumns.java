package dev.bulkdl.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a manifest hold, told from its header.
 *
 * @param names columns that may hold the file name
 * @param urls columns that may hold the URL
 * @param extra columns that mean nothing to a download, in order
 */
record ManifestColumns(List<String> names, List<String> urls, List<String> extra) {

  private static final Set<String> NAMES = Set.of("filename", "file", "name", "path", "out");
  private static final Set<String> URLS = Set.of("url", "uri", "link");
  private static final Set<String> FACTS =
      Set.of("size", "bytes", "length", "sha256", "sha512", "sha1", "md5", "crc32c", "checksum");

  static ManifestColumns of(List<String> header) {
    return new ManifestColumns(
        among(header, NAMES),
        among(header, URLS),
        header.stream().filter(column -> !isKnown(column)).toList());
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

  private static boolean isKnown(String column) {
    String plain = plain(column);
    return NAMES.contains(plain) || URLS.contains(plain) || FACTS.contains(plain);
  }

  private static List<String> among(List<String> header, Set<String> wanted) {
    return header.stream().filter(column -> wanted.contains(plain(column))).toList();
  }

  private static String plain(String column) {
    return column.strip().toLowerCase(Locale.ROOT);
  }
}
