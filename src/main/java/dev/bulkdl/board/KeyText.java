package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.List;
import org.jline.utils.AttributedString;

/** The explanation of the keys. */
final class KeyText {

  private static final List<String> HELP =
      List.of(
          "p  pause everything, and go on",
          "q  stop cleanly, keep everything, print the summary",
          "x  cancel the chosen file; a later run goes on with it",
          "z  pause the chosen file or host, and let it go on; partial files stay",
          "R  try again what has failed, and at once what waits for its next attempt",
          "+  more connections",
          "-  fewer connections",
          "c  set the connections in all    h  set the connections to each host",
          "l  limit the rate, such as 10M; off ends the limit",
          "1  files    2  hosts    3  failures    4  log    5  queue    6  done",
          "Tab  the next of these views",
          "UP DOWN  choose a row (PgUp, PgDn, Home, End)",
          "Ctrl-C  stop, as q does; a second one ends at once",
          "?  close this");

  private KeyText() {}

  /** The last line of the board. */
  static AttributedString line(Screen screen) {
    String arrows = arrows(screen.look());
    List<Item> keys =
        List.of(
            Item.of(13, Paint.DIM, "p pause", "p"),
            Item.of(3, Paint.DIM, "z pause it", "z hold", "z"),
            Item.of(2, Paint.DIM, "+/-/c/h connections", "+/- conn", "+/-"),
            Item.of(1, Paint.DIM, "l rate"),
            Item.of(5, Paint.DIM, "1-6 views", "1-6"),
            Item.of(2, Paint.DIM, arrows + " choose", screen.look().unicode() ? arrows : "j/k"),
            Item.of(6, Paint.DIM, "x cancel", "x"),
            Item.of(5, Paint.DIM, "R retry", "R"),
            Item.of(14, Paint.DIM, "q stop"),
            Item.of(15, Paint.DIM, "? help"));
    return Item.line(keys, screen.width(), screen.look());
  }

  static int helpLines() {
    return HELP.size();
  }

  /**
   * The help text in {@code room} lines.
   *
   * @param first the line to begin with; fewer than all that fit are never shown
   */
  static List<AttributedString> help(Screen screen, int first, int room) {
    Theme look = screen.look();
    RowWindow window = RowWindow.from(HELP.size(), first, room);
    return window.lines(
        i -> {
          String line = "  " + HELP.get(i).replace("UP DOWN", arrows(look));
          return StyledText.line(
              look, Columns.cutEnd(line, screen.width(), look.cut()), Paint.PLAIN);
        },
        room,
        screen);
  }

  private static String arrows(Theme look) {
    return look.unicode() ? "↑↓" : "up/down";
  }
}
