package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jline.utils.AttributedString;

/**
 * The range of table rows that fit on the screen. The chosen row is as close to the middle as
 * possible.
 *
 * @param from index of the first row
 * @param to index after the last row
 * @param rows number of rows in the whole table
 */
record RowWindow(int from, int to, int rows) {

  /** Chooses the rows. If not all fit, the last line is reserved for the position. */
  static RowWindow of(int rows, int chosen, int room) {
    int shown = rows <= room ? rows : Math.max(1, room - 1);
    int from = Math.clamp(chosen - shown / 2, 0, rows - shown);
    return new RowWindow(from, from + shown, rows);
  }

  /** The window that begins with this row, or as far down as the end of the table allows. */
  static RowWindow from(int rows, int first, int room) {
    int shown = rows <= room ? rows : Math.max(1, room - 1);
    int from = Math.clamp(first, 0, rows - shown);
    return new RowWindow(from, from + shown, rows);
  }

  /** Draws one row of a table. */
  @FunctionalInterface
  interface Row<T> {
    AttributedString draw(T row, boolean isChosen);
  }

  /**
   * Draws a table of these rows.
   *
   * @param none text for an empty table
   */
  static <T> List<AttributedString> table(
      List<T> rows, int chosen, int room, Screen screen, String none, Row<T> row) {
    return rows.isEmpty()
        ? BoardText.nothing(none, screen)
        : of(rows.size(), chosen, room)
            .lines(i -> row.draw(rows.get(i), i == chosen), room, screen);
  }

  /** Draws the rows of this range and a line with the position in the table. */
  List<AttributedString> lines(IntFunction<AttributedString> row, int room, Screen screen) {
    List<AttributedString> lines = new ArrayList<>(room);
    for (int i = from; i < to; i++) {
      lines.add(row.apply(i));
    }
    int more = rows - (to - from);
    if (more > 0 && lines.size() < room) {
      Theme look = screen.look();
      String text =
          look.cut()
              + (to - from == 1 ? " row " : " rows " + (from + 1) + "-")
              + to
              + " of "
              + rows;
      lines.add(
          StyledText.line(
              look, Columns.cutEnd("  " + text, screen.width(), look.cut()), Paint.DIM));
    }
    return lines;
  }
}
