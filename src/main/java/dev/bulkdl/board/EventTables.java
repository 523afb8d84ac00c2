package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.LogRow;
import dev.bulkdl.board.BoardModel.Trouble;
import dev.bulkdl.board.Theme.Paint;
import dev.bulkdl.report.HumanFormat;
import dev.bulkdl.text.Redaction;
import java.time.Duration;
import java.util.List;
import org.jline.utils.AttributedString;

/** The views of failures and of the log. */
final class EventTables {

  private static final int TIME = 8;

  private EventTables() {}

  /** Failed files and failed attempts: name, cause, and time of the next attempt. */
  static List<AttributedString> failures(
      BoardModel model, ViewState state, Screen screen, int room) {
    return RowWindow.table(
        model.troubles(),
        state.row(model),
        room,
        screen,
        "nothing has failed",
        (trouble, marked) -> failure(trouble, model, marked, screen));
  }

  private static AttributedString failure(
      Trouble trouble, BoardModel model, boolean marked, Screen screen) {
    Duration now = model.now();
    Theme look = screen.look();
    int name = Math.clamp(screen.width() / 3, 6, 50);
    String next =
        trouble.nextTry().map(at -> again(at.minus(now), trouble, model)).orElse("failed");
    int rest = screen.width() - name - 6;
    boolean withNext = rest > next.length() + 10;
    int cause = Math.max(0, withNext ? rest - next.length() - 2 : rest);
    StyledText styled = new StyledText(look).put(marked ? look.chosen() + " " : "  ", Paint.STRONG);
    styled.put(Columns.left(cutMiddle(Redaction.of(trouble.name()), name, look), name, ""));
    styled.put("  ");
    if (withNext) {
      styled.put(next + "  ", trouble.nextTry().isPresent() ? Paint.WARN : Paint.BAD);
    }
    return styled
        .put(Columns.cutEnd(look.text(trouble.failure().shown()), cause, look.cut()))
        .line();
  }

  private static String again(Duration left, Trouble trouble, BoardModel model) {
    if (left.isPositive()) {
      return "again in " + HumanFormat.duration(left);
    }
    String name = Redaction.of(trouble.name());
    boolean isActive = model.files().stream().anyMatch(row -> row.name().equals(name));
    return isActive ? "again now" : "waits for a connection";
  }

  /** The log, newest entry first. */
  static List<AttributedString> log(BoardModel model, ViewState state, Screen screen, int room) {
    return RowWindow.table(
        model.log(),
        state.row(model),
        room,
        screen,
        "nothing has happened yet",
        (row, marked) -> logged(row, marked, screen));
  }

  private static AttributedString logged(LogRow row, boolean marked, Screen screen) {
    Theme look = screen.look();
    String at = Columns.right(HumanFormat.duration(row.at()), TIME, "");
    String text = (marked ? look.chosen() + " " : "  ") + at + "  " + look.text(row.text().get());
    return StyledText.line(look, Columns.cutEnd(text, screen.width(), look.cut()), Paint.PLAIN);
  }

  private static String cutMiddle(String text, int columns, Theme look) {
    return Columns.cutMiddle(look.text(text), columns, look.cut());
  }
}
