package dev.bulkdl.report;

import dev.bulkdl.text.Redaction;
import java.util.List;

/** Renders CSV rows with commas between cells, quoted as in RFC 4180. */
final class Csv {

  private static final String STARTS_A_FORMULA = "=+-@\t\r";

  private Csv() {}

  /** A row without its line end. It reads back as exactly these cells. */
  static String line(List<String> cells) {
    if (cells.size() == 1 && cells.getFirst().isEmpty()) {
      return "\"\"";
    }
    StringBuilder line = new StringBuilder(256);
    for (String cell : cells) {
      line.append(quoted(cell)).append(',');
    }
    line.setLength(Math.max(0, line.length() - 1));
    return line.toString();
  }

  /**
   * External text as a cell that is safe to show: secrets are redacted, control characters are made
   * visible, and a text that a spreadsheet would evaluate as a formula starts with an apostrophe.
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
   * Quotes more than RFC 4180 requires: other separators, so that no reader detects the wrong one;
   * a leading {@code #}, which would turn the row into a comment; and leading or trailing
   * characters that some readers strip.
   */
  private static boolean needsQuotes(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    return cell.charAt(0) == '#'
        || isStripped(cell.charAt(0))
        || isStripped(cell.charAt(cell.length() - 1))
        || hasSeparator(cell);
  }

  private static boolean hasSeparator(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      switch (cell.charAt(i)) {
        case ',', ';', '\t', '"', '\r', '\n' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isStripped(char c) {
    return c <= ' ' || c == '\ufeff' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
