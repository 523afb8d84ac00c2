package dev.bulkdl.manifest;

import dev.bulkdl.manifest.CsvRecord.Broken;
import dev.bulkdl.manifest.CsvRecord.Whole;
import dev.bulkdl.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.FormatSchema;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * Reads the records of a CSV text one at a time. It skips blank lines, lines that start with {@code
 * #}, and records whose cells are all empty. It drops blanks around cells that are not in quotes.
 * Not thread-safe.
 *
 * <p>Jackson parses the text and receives one line at a time. The line numbers are therefore those
 * of {@link Utf8Lines}. After a record that Jackson refuses, a new parser continues with the next
 * line.
 */
final class CsvRecords implements AutoCloseable {

  private static final int MEBI = 1024 * 1024;

  /** The maximum length of a cell in characters. */
  static final int MAX_CELL = MEBI;

  /** The maximum length of all cells of a record together, in characters. */
  static final int MAX_RECORD = 4 * MEBI;

  static final int MAX_CELLS = 10_000;

  private final Utf8Lines lines;
  private final CsvFactory factory;
  private final Format format;
  private JsonParser parser;

  CsvRecords(Utf8Lines lines, Delimiter delimiter) {
    this.lines = lines;
    this.factory = factory();
    this.format = Format.of(delimiter);
    this.parser = factory.createParser(format, lines);
  }

  /**
   * Returns the next record, or empty at the end.
   *
   * @throws ManifestException when the rest of the text cannot be read, or a quote is not closed
   */
  Optional<CsvRecord> next() {
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      CsvRecord next = read();
      if (next instanceof Broken || !next.cells().stream().allMatch(String::isBlank)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    parser.close();
    lines.close();
  }

  private CsvRecord read() {
    long line = lines.line();
    long cellLine = line;
    long size = 0;
    List<String> cells = new ArrayList<>();
    try {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String cell = parser.getString();
        size += cell.length();
        if (cells.size() == MAX_CELLS || size > MAX_RECORD) {
          return broken(line, cells, "the row has more than " + MAX_CELLS + " cells or 4 MiB");
        }
        cells.add(cell);
        cellLine = lines.line();
      }
      return new Whole(line, cells);
    } catch (StreamConstraintsException e) {
      return tooLarge(line, cellLine, cells);
    } catch (StreamReadException e) {
      return misquoted(line, cellLine, cells);
    }
  }

  /**
   * Handles a cell above the limit. If the cell spans several lines, it is quoted, and the most
   * probable cause is a quote that was never closed.
   */
  private CsvRecord tooLarge(long line, long cellLine, List<String> cells) {
    if (lines.line() > cellLine) {
      throw unclosed(cellLine, cells);
    }
    return broken(line, cells, "a cell is larger than 1 MiB");
  }

  /**
   * Handles the two errors that Jackson reports: the end of the text inside quotes, and text after
   * a closing quote.
   */
  private CsvRecord misquoted(long line, long cellLine, List<String> cells) {
    if (lines.ended()) {
      throw unclosed(cellLine, cells);
    }
    String extent =
        lines.line() == cellLine
            ? ""
            : " (the quoted cell goes from line " + cellLine + " to line " + lines.line() + ")";
    return broken(
        line,
        cells,
        "text follows a closing quote" + extent + "; write a quote inside a quoted cell twice");
  }

  private static ManifestException unclosed(long cellLine, List<String> cells) {
    String reason = "the quote that begins this cell is never closed; rows below it cannot be read";
    return new ManifestException(
        new ManifestError(cellLine, cells.size() + 1, "", new Failure.Name(reason)));
  }

  private CsvRecord broken(long line, List<String> cells, String reason) {
    String text = lines.lastRead().strip();
    parser.close();
    lines.skipRestOfLine();
    parser = factory.createParser(format, lines);
    return new Broken(line, cells, text, reason);
  }

  private static CsvFactory factory() {
    return CsvFactory.builder()
        .enable(CsvReadFeature.TRIM_SPACES, CsvReadFeature.ALLOW_COMMENTS)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_CELL).build())
        .build();
  }

  /**
   * The context that the streaming parser needs. Jackson's mapper would provide it too, but loading
   * its classes takes longer than most manifests.
   */
  private static final class Format extends ObjectReadContext.Base {
    private final CsvSchema schema;

    private Format(CsvSchema schema) {
      this.schema = schema;
    }

    static Format of(Delimiter delimiter) {
      return new Format(CsvSchema.emptySchema().withColumnSeparator(delimiter.character()));
    }

    @Override
    public FormatSchema getSchema() {
      return schema;
    }
  }
}
