package dev.bulkdl.manifest;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of files to download: CSV text in UTF-8, plain or compressed by gzip. The rows are read on
 * demand, so a manifest of any length needs little memory. The caller can make any number of
 * passes. Not thread-safe.
 */
public final class Manifest implements AutoCloseable {

  /** The maximum number of characters of a line that are examined to detect the delimiter. */
  private static final int MAX_LOOKED_AT = 64 * 1024;

  /** The number of lines that decide about the delimiter. */
  private static final int NEEDED = 2;

  private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+$");

  private final ManifestSource source;
  private final Delimiter delimiter;
  private final ColumnLayout layout;

  private Manifest(ManifestSource source, Delimiter delimiter, ColumnLayout layout) {
    this.source = source;
    this.delimiter = delimiter;
    this.layout = layout;
  }

  /**
   * Opens a manifest and reads its first lines.
   *
   * @param location a path, or {@code -} for standard input
   * @param standardInput is read to its end if {@code location} is {@code -}, and is not read
   *     otherwise; it is never closed
   * @throws ManifestException when there is no manifest at this location, it is not UTF-8 text, or
   *     its header cannot be used
   */
  public static Manifest open(String location, InputStream standardInput) {
    ManifestSource source = ManifestSource.of(location, standardInput);
    try {
      List<String> first = firstLines(source);
      ForeignFormat.of(first)
          .ifPresent(
              format -> {
                throw new ManifestException(0, format.message());
              });
      Delimiter delimiter = Delimiter.of(first.subList(0, Math.min(NEEDED, first.size())));
      return new Manifest(source, delimiter, layout(source, delimiter));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Starts a pass over all rows.
   *
   * @throws ManifestException when the manifest was deleted or changed after it was opened
   */
  public ManifestRows rows() {
    return new CsvRows(new CsvRecords(new Utf8Lines(source.open()), delimiter), layout);
  }

  /**
   * Returns an empty store for rows of this manifest, which are read again in any order. The caller
   * closes it.
   *
   * @throws ManifestException when the temporary folder cannot be written
   */
  public RowStore store() {
    return RowStore.create(source.displayName(), new RowReader(layout));
  }

  /**
   * Returns the names of the columns; all names are different. If the manifest has no known column
   * name, these are the names that give the same meaning. A file with a header of these names and
   * rows below it is a manifest again.
   */
  public List<String> header() {
    return layout.names();
  }

  /**
   * Returns messages to the user about the way in which the manifest is read. The list is often
   * empty.
   */
  public List<String> warnings() {
    return layout.warnings();
  }

  /** Returns the name to show to the user: the location as given, or "standard input". */
  public String displayName() {
    return source.displayName();
  }

  /** Deletes the copy of standard input, if there is one. All passes must have ended before. */
  @Override
  public void close() {
    source.close();
  }

  /** Returns the first lines that are neither blank nor comments. */
  private static List<String> firstLines(ManifestSource source) {
    List<String> first = new ArrayList<>();
    char[] piece = new char[MAX_LOOKED_AT];
    try (Utf8Lines lines = new Utf8Lines(source.open())) {
      while (first.size() < ForeignFormat.LINES) {
        Optional<String> line = line(lines, piece);
        if (line.isEmpty()) {
          break;
        }
        line.filter(text -> !text.isBlank() && !text.stripLeading().startsWith("#"))
            .ifPresent(text -> first.add(LINE_END.matcher(text).replaceFirst("")));
      }
    } catch (ManifestException e) {
      if (first.size() < NEEDED) {
        throw e;
      } // else a pass over the rows reports it, with all errors before it
    }
    return first;
  }

  /** Returns the beginning of the next line, up to the size of {@code piece}. */
  private static Optional<String> line(Utf8Lines lines, char[] piece) {
    int length = lines.read(piece, 0, piece.length);
    lines.skipRestOfLine();
    return length < 0 ? Optional.empty() : Optional.of(new String(piece, 0, length));
  }

  private static ColumnLayout layout(ManifestSource source, Delimiter delimiter) {
    try (CsvRecords records = new CsvRecords(new Utf8Lines(source.open()), delimiter)) {
      Optional<CsvRecord> first = records.next();
      return first
          .map(header -> ColumnLayout.of(header, records.next()))
          .orElse(ColumnLayout.EMPTY);
    }
  }
}
