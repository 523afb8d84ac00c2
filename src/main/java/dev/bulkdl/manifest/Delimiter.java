package dev.bulkdl.manifest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The character that separates the cells of a row. */
enum Delimiter {
  COMMA(','),
  SEMICOLON(';'),
  TAB('\t'),
  /** No separator: every line is one cell. No manifest contains this character. */
  NONE('\0');

  private static final Set<Delimiter> SEPARATING = EnumSet.range(COMMA, TAB);

  /** A URL that follows another cell, with the separator before it. */
  private static final Pattern URL_AFTER_CELL =
      Pattern.compile("([,;\\t]) *\"?[A-Za-z][A-Za-z0-9+.-]{0,20}://");

  private static final Pattern URL_FIRST =
      Pattern.compile("\\s*\"?[A-Za-z][A-Za-z0-9+.-]{0,20}://.*", Pattern.DOTALL);

  private final char character;

  Delimiter(char character) {
    this.character = character;
  }

  char character() {
    return character;
  }

  /**
   * Detects the delimiter from the first lines that are neither blank nor comments; the first of
   * them is the header. The first rule that gives a result wins:
   *
   * <ol>
   *   <li>the delimiter that produces the most known column names in the header,
   *   <li>the delimiter before a URL,
   *   <li>the most frequent delimiter in the header.
   * </ol>
   *
   * <p>A list of URLs has no delimiter, so its URLs can contain any character.
   */
  static Delimiter of(List<String> firstLines) {
    if (firstLines.isEmpty()) {
      return NONE;
    }
    String header = firstLines.getFirst();
    Optional<Delimiter> naming = mostOf(header, Delimiter::knownNames);
    if (naming.isPresent()) {
      return naming.get().cells(header).size() > 1 ? naming.get() : NONE;
    }
    for (String line : firstLines) {
      Matcher url = URL_AFTER_CELL.matcher(line);
      if (URL_FIRST.matcher(line).matches()) {
        return ofLineThatBeginsWithUrl(line, header);
      }
      if (url.find()) {
        return of(url.group(1).charAt(0));
      }
    }
    return mostOf(header, (d, line) -> d.cells(line).size() - 1).orElse(NONE);
  }

  /**
   * Handles a line that begins with a URL. Commas and semicolons are common in URLs. They count as
   * separators only if they separate cells in the header too.
   */
  private static Delimiter ofLineThatBeginsWithUrl(String line, String header) {
    if (!line.equals(header)) {
      return mostOf(
              header, (d, text) -> line.indexOf(d.character) < 0 ? 0 : d.cells(text).size() - 1)
          .orElse(NONE);
    }
    return line.indexOf(TAB.character) < 0 ? NONE : TAB;
  }

  private static Delimiter of(char character) {
    return SEPARATING.stream().filter(d -> d.character == character).findFirst().orElse(NONE);
  }

  /**
   * Returns the delimiter with the highest count above 0. If several have the same count, the first
   * wins.
   */
  private static Optional<Delimiter> mostOf(String line, Count count) {
    Optional<Delimiter> best = Optional.empty();
    int most = 0;
    for (Delimiter delimiter : SEPARATING) {
      int here = count.of(delimiter, line);
      if (here > most) {
        best = Optional.of(delimiter);
        most = here;
      }
    }
    return best;
  }

  /**
   * Returns a score: the number of known column names comes first, the number of cells breaks ties.
   */
  private static int knownNames(Delimiter delimiter, String line) {
    List<String> cells = delimiter.cells(line);
    int known = (int) cells.stream().filter(cell -> Column.named(cell).isPresent()).count();
    return known == 0 ? 0 : known * 10_000 + Math.min(cells.size(), 9_999);
  }

  /**
   * Splits the line at delimiters outside quotes. The result is good enough to recognize column
   * names, not to read data.
   */
  private List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    boolean quoted = false;
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == character && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private interface Count {
    int of(Delimiter delimiter, String line);
  }
}
