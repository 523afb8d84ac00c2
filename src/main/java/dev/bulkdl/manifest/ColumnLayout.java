package dev.bulkdl.manifest;

import dev.bulkdl.model.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The meaning of the columns of a manifest.
 *
 * @param names the name of each column; all names are different. A manifest whose header has these
 *     names has this layout again
 * @param positions the index in {@code names} of each known column, from 0; {@link Column#URL} is
 *     always there
 * @param firstIsData true if the first record is a row, false if it is a header
 * @param warnings messages to the user about the way in which the file is read
 */
record ColumnLayout(
    List<String> names,
    Map<Column, Integer> positions,
    boolean firstIsData,
    List<String> warnings) {

  private static final Pattern WEB_URL = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

  /** The names that {@link Column#named} knows. */
  private static final String KNOWN_NAMES =
      "filename (or file, name, path, out), url (or uri, link), size (or bytes, length), sha512,"
          + " sha256, sha1, md5, crc32c, checksum, priority";

  /** The most unused columns that a warning names. */
  private static final int MOST_NAMED = 5;

  /** The layout of a manifest that has no record. */
  static final ColumnLayout EMPTY = byPosition(List.of(), true, List.of());

  /**
   * Determines the layout from the first record. If the first record has no known column name, the
   * second record is examined too.
   *
   * @throws ManifestException when the header cannot be read, contradicts itself or names no URL
   *     column
   */
  static ColumnLayout of(CsvRecord first, Optional<CsvRecord> second) {
    if (first instanceof CsvRecord.Broken broken) {
      throw new ManifestException(
          new ManifestError(
              broken.line(), broken.cells().size() + 1, "", new Failure.Name(broken.reason())));
    }
    List<String> header = withoutEmptyEnd(first.cells(), 1);
    if (header.stream().anyMatch(ColumnLayout::holdsUrl)) {
      refuseUrlFirst(first);
      return byPosition(header, true, headerless(first.line(), header.size()));
    }
    Map<Column, Integer> known = knownColumns(first.line(), header);
    if (!known.isEmpty()) {
      return byName(first.line(), withoutEmptyEnd(first.cells(), 2), known);
    }
    second.ifPresent(ColumnLayout::refuseUrlFirst);
    boolean urlsOnly = second.filter(row -> row.cells().size() == 1 && holdsUrl(row)).isPresent();
    return byPosition(urlsOnly ? header.subList(0, 1) : atLeastTwo(header), false, List.of());
  }

  /** Returns true if the rows hold only a URL. */
  boolean isList() {
    return names.size() == 1;
  }

  private static ColumnLayout byName(long line, List<String> header, Map<Column, Integer> known) {
    if (!known.containsKey(Column.URL)) {
      throw new ManifestException(
          line,
          "no column is named url (or uri, link); give the column of the URLs one of these names");
    }
    return new ColumnLayout(unique(header), known, false, unused(header, known));
  }

  private static ColumnLayout byPosition(
      List<String> cells, boolean firstIsData, List<String> warnings) {
    List<String> names = new ArrayList<>();
    Map<Column, Integer> positions = new EnumMap<>(Column.class);
    if (cells.size() != 1) {
      names.add(Column.FILENAME.label());
      positions.put(Column.FILENAME, 0);
    }
    positions.put(Column.URL, names.size());
    names.add(Column.URL.label());
    for (int i = names.size(); i < cells.size(); i++) {
      names.add(firstIsData ? "" : cells.get(i));
    }
    return new ColumnLayout(unique(names), positions, firstIsData, warnings);
  }

  private static Map<Column, Integer> knownColumns(long line, List<String> header) {
    Map<Column, Integer> known = new EnumMap<>(Column.class);
    for (int i = 0; i < header.size(); i++) {
      Optional<Column> column = Column.named(header.get(i));
      if (column.isEmpty()) {
        continue;
      }
      Integer before = known.putIfAbsent(column.get(), i);
      if (before != null) {
        throw new ManifestException(line, twice(column.get(), header, before, i));
      }
    }
    return known;
  }

  private static String twice(Column column, List<String> header, int one, int other) {
    return String.format(
        "columns %d (%s) and %d (%s) both mean %s; rename one of them",
        one + 1, header.get(one).strip(), other + 1, header.get(other).strip(), column.label());
  }

  private static void refuseUrlFirst(CsvRecord row) {
    List<String> cells = row.cells();
    if (cells.size() > 1 && holdsUrl(cells.getFirst()) && !holdsUrl(cells.get(1))) {
      throw new ManifestException(
          row.line(),
          "the first cell is a URL, but without column names it must be the file name;"
              + " begin the file with a line of names, such as url,filename");
    }
  }

  /** A list of URLs needs no column names, so nothing is said about it. */
  private static List<String> headerless(long line, int columns) {
    return columns == 1
        ? List.of()
        : List.of(
            "line "
                + line
                + " holds a URL, so it is read as a row: the file has no header; column 1 is the"
                + " file name, column 2 the URL");
  }

  /** Warns if files are named after their URLs although an unknown column may hold names. */
  private static List<String> unused(List<String> header, Map<Column, Integer> known) {
    List<String> unused =
        header.stream()
            .filter(name -> !name.isBlank() && Column.named(name).isEmpty())
            .map(Excerpt::of)
            .toList();
    if (known.containsKey(Column.FILENAME) || unused.isEmpty()) {
      return List.of();
    }
    String names = String.join(", ", unused.subList(0, Math.min(MOST_NAMED, unused.size())));
    return List.of(
        (unused.size() == 1 ? "the column " + names + " is" : "the columns " + names + " are")
            + " not used, and files are named after their URLs; known columns are "
            + KNOWN_NAMES);
  }

  private static boolean holdsUrl(CsvRecord row) {
    return holdsUrl(row.cells().getFirst());
  }

  private static boolean holdsUrl(String cell) {
    return WEB_URL.matcher(cell).find();
  }

  private static List<String> atLeastTwo(List<String> header) {
    return header.size() > 1 ? header : List.of("", "");
  }

  private static List<String> withoutEmptyEnd(List<String> cells, int minimum) {
    int size = cells.size();
    while (size > minimum && cells.get(size - 1).isBlank()) {
      size--;
    }
    return cells.subList(0, size);
  }

  /**
   * Makes all names different: an empty name becomes "column" and its number, and a number is
   * appended to a repeated name.
   */
  private static List<String> unique(List<String> names) {
    Set<String> used = new HashSet<>();
    List<String> unique = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String wanted = names.get(i).isBlank() ? "column " + (i + 1) : names.get(i);
      String name = wanted;
      for (int n = 2; !used.add(name); n++) {
        name = wanted + " " + n;
      }
      unique.add(name);
    }
    return List.copyOf(unique);
  }
}
