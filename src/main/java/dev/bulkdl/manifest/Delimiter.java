package dev.bulkdl.manifest;

import dev.bulkdl.model.Column;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What separates the cells of a row. */
enum Delimiter {
  COMMA(','),
  SEMICOLON(';'),
  TAB('\t'),
  /** Nothing: every line is one cell. The character is one that no manifest holds. */
  NONE('\0');

  private static final Set<Delimiter> SEPARATING = EnumSet.range(COMMA, TAB);

  /** A URL, and what separates it from the cell before it. */
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
   * Tells the delimiter by the first lines that are neither blank nor comments, the header being
   * the first: it makes known names of the header's cells; else it stands before a URL; else it is
   * the header's most frequent one. A list of URLs has none, so that they may hold any character.
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
   * Commas and semicolons are common in URLs, so they separate only where they do so in a header
   * too.
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

  /** The delimiter with the highest count above 0; the first of several. */
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

  /** Known names count; of two delimiters that find as many, the one that separates more wins. */
  private static int knownNames(Delimiter delimiter, String line) {
    List<String> cells = delimiter.cells(line);
    int known = (int) cells.stream().filter(cell -> Column.named(cell).isPresent()).count();
    return known == 0 ? 0 : known * 10_000 + Math.min(cells.size(), 9_999);
  }

  /** The line cut at delimiters outside quotes; good enough to tell names, not to read data. */
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
