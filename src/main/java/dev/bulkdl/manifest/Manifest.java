package dev.bulkdl.manifest;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of files to fetch: CSV text in UTF-8, plain or compressed by gzip. Its rows are read as
 * they are asked for, so that a manifest of any length needs little memory, and in as many passes
 * as are wanted.
 */
public final class Manifest implements AutoCloseable {

  /** Of a line that is only looked at to tell the delimiter, in characters. */
  private static final int MAX_LOOKED_AT = 64 * 1024;

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
   * @param standardInput read to its end if {@code location} is {@code -}, else left alone; not
   *     closed
   * @throws ManifestException when there is no manifest in this place, it is no text in UTF-8, or
   *     its header cannot be used
   */
  public static Manifest open(String location, InputStream standardInput) {
    ManifestSource source = ManifestSource.of(location, standardInput);
    try {
      Delimiter delimiter = delimiter(source);
      return new Manifest(source, delimiter, layout(source, delimiter));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Starts a pass over all rows.
   *
   * @throws ManifestException when the manifest is gone or has changed since it was opened
   */
  public ManifestRows rows() {
    return new CsvRows(new CsvRecords(new Utf8Lines(source.open()), delimiter), layout);
  }

  /**
   * The names of the columns, all different. Where the manifest gives no known name, they are those
   * by which it would be read in the same way: rows below a line of these names are a manifest
   * again.
   */
  public List<String> header() {
    return layout.names();
  }

  /** What people should know of how the manifest is read; often nothing. */
  public List<String> warnings() {
    return layout.warnings();
  }

  /** The manifest's name for people: the location as given, or "standard input". */
  public String displayName() {
    return source.displayName();
  }

  /** Removes the copy of standard input, if there is one. No pass may go on after it. */
  @Override
  public void close() {
    source.close();
  }

  private static Delimiter delimiter(ManifestSource source) {
    List<String> first = new ArrayList<>();
    char[] piece = new char[MAX_LOOKED_AT];
    try (Utf8Lines lines = new Utf8Lines(source.open())) {
      while (first.size() < 2) {
        Optional<String> line = line(lines, piece);
        if (line.isEmpty()) {
          break;
        }
        line.filter(text -> !text.isBlank() && !text.stripLeading().startsWith("#"))
            .ifPresent(first::add);
      }
    }
    return Delimiter.of(first);
  }

  /** The beginning of the next line, as much as the piece holds. */
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
