package dev.bulkdl.manifest;

import dev.bulkdl.model.Checksum;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.Chars;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns records into rows. The result depends only on the layout and the record. */
final class RowReader {

  private final ColumnLayout layout;

  RowReader(ColumnLayout layout) {
    this.layout = layout;
  }

  /** Reads the cells of a row again, by the names of the columns in their order. */
  ManifestRow read(long line, List<String> cells) {
    return read(new CsvRecord.Whole(line, cells));
  }

  ManifestRow read(CsvRecord record) {
    return switch (record) {
      case CsvRecord.Broken broken -> {
        RowErrors errors = new RowErrors(broken.line(), layout);
        errors.add(broken.cells().size(), broken.reason());
        yield new ManifestRow.Bad(broken.line(), unreadable(broken.text()), errors.all());
      }
      case CsvRecord.Whole whole -> isTooWide(whole.cells()) ? tooWide(whole) : read(whole);
    };
  }

  private ManifestRow read(CsvRecord.Whole record) {
    List<String> cells = record.cells();
    RowErrors errors = new RowErrors(record.line(), layout);
    Optional<URI> source = errors.url(cell(cells, Column.URL), UrlText::parse);
    Optional<TargetName> target = target(cells, source, errors);
    OptionalLong size = size(cells, errors);
    List<Checksum> checksums = new ChecksumCells(layout, errors).read(cells);
    int priority = priority(cells, errors);
    if (source.isEmpty() || target.isEmpty() || !errors.all().isEmpty()) {
      return new ManifestRow.Bad(record.line(), columns(cells), errors.all());
    }
    return new ManifestRow.Good(
        new Download(
            record.line(), target.get(), source.get(), size, checksums, columns(cells), priority));
  }

  /**
   * Returns the name in the row, or else the name from the URL. An invalid URL gives no name; its
   * error was already added.
   */
  private Optional<TargetName> target(List<String> cells, Optional<URI> source, RowErrors errors) {
    String given = cell(cells, Column.FILENAME);
    if (!given.isBlank()) {
      return errors.parse(Column.FILENAME, given, TargetName::of);
    }
    return source.flatMap(
        uri ->
            errors.parse(
                Column.URL,
                cell(cells, Column.URL),
                ignored -> TargetName.of(UrlText.fileName(uri))));
  }

  private OptionalLong size(List<String> cells, RowErrors errors) {
    String text = cell(cells, Column.SIZE).strip();
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    return errors
        .parse(Column.SIZE, text, RowReader::size)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static long size(String digits) {
    if (!Chars.all(digits, Chars::isAsciiDigit)) {
      throw new IllegalArgumentException("the size must be a whole number of bytes");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the size is too large", e);
    }
  }

  private int priority(List<String> cells, RowErrors errors) {
    String text = cell(cells, Column.PRIORITY).strip();
    return text.isEmpty() ? 0 : errors.parse(Column.PRIORITY, text, RowReader::priority).orElse(0);
  }

  private static int priority(String number) {
    try {
      int priority = Integer.parseInt(number);
      if (priority >= Download.LOWEST_PRIORITY && priority <= Download.HIGHEST_PRIORITY) {
        return priority;
      }
    } catch (NumberFormatException e) {
      // The message is the same.
    }
    throw new IllegalArgumentException("the priority must be a whole number from -1000 to 1000");
  }

  private boolean isTooWide(List<String> cells) {
    int width = layout.names().size();
    return cells.size() > width
        && !cells.subList(width, cells.size()).stream().allMatch(String::isBlank);
  }

  private ManifestRow tooWide(CsvRecord.Whole record) {
    int width = layout.names().size();
    String reason =
        String.format(
            "%d cells, %d more than the first line has; put a cell that holds the separator in quotes",
            record.cells().size(), record.cells().size() - width);
    return new ManifestRow.Bad(
        record.line(),
        unreadable(String.join(",", record.cells())),
        List.of(ManifestError.ofRow(record.line(), reason)));
  }

  private String cell(List<String> cells, Column column) {
    Integer position = layout.positions().get(column);
    return position == null || position >= cells.size() ? "" : cells.get(position);
  }

  /** Returns an entry for every column of the header. */
  private Map<String, String> columns(List<String> cells) {
    List<String> names = layout.names();
    Map<String, String> columns = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), i < cells.size() ? cells.get(i) : "");
    }
    return columns;
  }

  /**
   * Returns the columns of a row whose cells cannot be separated. The text goes into the first
   * column that is not the URL column. In a list of URLs, a quote is put before the text, because
   * no URL begins with a quote. If the result is read again as a manifest, the row is neither
   * fetched nor skipped as blank.
   */
  private Map<String, String> unreadable(String text) {
    if (layout.isList()) {
      return columns(List.of('"' + text));
    }
    boolean urlIsFirst = layout.positions().getOrDefault(Column.URL, 0) == 0;
    return columns(urlIsFirst ? List.of("", text) : List.of(text));
  }
}
