package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jline.utils.AttributedString;

/**
 * Those rows of a table that fit, with the chosen one as near to the middle as can be.
 *
 * @param from the first of them
 * @param to the one after the last
 * @param rows how many there are in all
 */
record RowWindow(int from, int to, int rows) {

  /** Where not all fit, the last line is kept for saying how many do not. */
  static RowWindow of(int rows, int chosen, int room) {
    int shown = rows <= room ? rows : Math.max(1, room - 1);
    int from = Math.clamp(chosen - shown / 2, 0, rows - shown);
    return new RowWindow(from, from + shown, rows);
  }

  /** Draws one row of a table. */
  @FunctionalInterface
  interface Row<T> {
    AttributedString draw(T row, boolean isChosen);
  }

  /**
   * A table of these rows.
   *
   * @param none is said where there is no row
   */
  static <T> List<AttributedString> table(
      List<T> rows, int chosen, int room, Screen screen, String none, Row<T> row) {
    return rows.isEmpty()
        ? BoardText.nothing(none, screen)
        : of(rows.size(), chosen, room)
            .lines(i -> row.draw(rows.get(i), i == chosen), room, screen);
  }

  /** Draws the rows that fit, and how many do not. */
  List<AttributedString> lines(IntFunction<AttributedString> row, int room, Screen screen) {
    List<AttributedString> lines = new ArrayList<>(room);
    for (int i = from; i < to; i++) {
      lines.add(row.apply(i));
    }
    int more = rows - (to - from);
    if (more > 0 && lines.size() < room) {
      Theme look = screen.look();
      String text = look.cut() + " and " + more + " more";
      lines.add(
          StyledText.line(
              look, Columns.cutEnd("  " + text, screen.width(), look.cut()), Paint.DIM));
    }
    return lines;
  }
}
