package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.List;
import org.jline.utils.AttributedString;

/** The explanation of the keys. */
final class KeyText {

  private static final List<String> HELP =
      List.of(
          "p  pause, and go on",
          "+  more connections",
          "-  fewer connections",
          "1  files    2  hosts    3  failures    4  log    Tab  the next of them",
          "UP DOWN  choose a row (PgUp, PgDn, Home, End)",
          "x  cancel the chosen file; a later run goes on with it",
          "R  take up again what has failed",
          "q  stop cleanly, keep everything, print the summary",
          "Ctrl-C  the same; a second one ends at once",
          "?  close this");

  private KeyText() {}

  /** The last line of the board. */
  static AttributedString line(Screen screen) {
    String arrows = arrows(screen.look());
    List<Item> keys =
        List.of(
            Item.of(6, Paint.DIM, "p pause"),
            Item.of(5, Paint.DIM, "+/- connections", "+/-"),
            Item.of(2, Paint.DIM, "1-4 views"),
            Item.of(4, Paint.DIM, arrows + " choose", arrows),
            Item.of(3, Paint.DIM, "x cancel it", "x"),
            Item.of(3, Paint.DIM, "R retry failed", "R"),
            Item.of(8, Paint.DIM, "q stop"),
            Item.of(9, Paint.DIM, "? help"));
    return Item.line(keys, screen.width(), screen.look());
  }

  /** The help text, cut to {@code room} lines. */
  static List<AttributedString> help(Screen screen, int room) {
    Theme look = screen.look();
    return HELP.stream()
        .limit(room)
        .map(line -> line.replace("UP DOWN", arrows(look)))
        .map(line -> Columns.cutEnd("  " + line, screen.width(), look.cut()))
        .map(line -> StyledText.line(look, line, Paint.PLAIN))
        .toList();
  }

  private static String arrows(Theme look) {
    return look.unicode() ? "↑↓" : "up/down";
  }
}
