package dev.bulkdl.report;

import dev.bulkdl.model.Chars;
import dev.bulkdl.model.Redaction;
import java.util.List;
import java.util.StringJoiner;

/** Renders the rows of CSV files with commas between cells, quoted as in RFC 4180. */
final class Csv {

  private static final String STARTS_A_FORMULA = "=+-@\t\r";

  private Csv() {}

  /** A row, without its end, that reads back as exactly these cells. */
  static String line(List<String> cells) {
    if (cells.size() == 1 && cells.getFirst().isEmpty()) {
      return "\"\"";
    }
    StringJoiner line = new StringJoiner(",");
    cells.forEach(cell -> line.add(quoted(cell)));
    return line.toString();
  }

  /**
   * Text from outside as a cell that may be shown: without secrets, control characters made
   * visible, and marked as text where a spreadsheet would take it for a formula.
   */
  static String shown(String text) {
    String safe = Redaction.of(text);
    boolean formula = !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
    return formula ? "'" + safe : safe;
  }

  private static String quoted(String cell) {
    return needsQuotes(cell) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /**
   * Besides what RFC 4180 asks for: other separators, so that nobody detects the wrong one; a
   * leading {@code #}, which would make the row a comment; and what readers like to strip.
   */
  private static boolean needsQuotes(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    return cell.charAt(0) == '#'
        || isStripped(cell.charAt(0))
        || isStripped(cell.charAt(cell.length() - 1))
        || Chars.any(cell, c -> ",;\t\"\r\n".indexOf(c) >= 0);
  }

  private static boolean isStripped(char c) {
    return c <= ' ' || c == '\ufeff' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
