package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.DoneRow;
import dev.bulkdl.board.BoardModel.QueueRow;
import dev.bulkdl.board.Theme.Paint;
import dev.bulkdl.report.HumanFormat;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** The views of the files that wait for a connection, and of those that have ended. */
final class OtherTables {

  private static final int TIME = 8;
  private static final int STATUS = 11;
  private static final int SIZE = 11;
  private static final int TOOK = 9;
  private static final int WIDE = 60;

  private OtherTables() {}

  static List<AttributedString> queue(BoardModel model, ViewState state, Screen screen, int room) {
    long notBegun = HeadText.waiting(model) - model.queue().size();
    boolean isTold = notBegun > 0 && room > 1;
    List<AttributedString> lines =
        new ArrayList<>(
            RowWindow.table(
                model.queue(),
                state.row(model),
                isTold ? room - 1 : room,
                screen,
                "no file waits for a connection",
                (row, marked) -> queued(row, marked && state.chosen(model).isPresent(), screen)));
    if (isTold) {
      String text = "  " + notBegun + " more, which have not begun";
      String cut = Columns.cutEnd(text, screen.width(), screen.look().cut());
      lines.add(StyledText.line(screen.look(), cut, Paint.DIM));
    }
    return lines;
  }

  private static AttributedString queued(QueueRow row, boolean marked, Screen screen) {
    Theme look = screen.look();
    String name = look.text(row.name());
    return new StyledText(look)
        .put(marked ? look.chosen() + " " : "  ", Paint.STRONG)
        .put(Columns.cutMiddle(name, Math.max(0, screen.width() - 2), look.cut()))
        .line();
  }

  static List<AttributedString> done(BoardModel model, ViewState state, Screen screen, int room) {
    return RowWindow.table(
        model.done(),
        state.row(model),
        room,
        screen,
        "no file has ended yet",
        (row, marked) -> ended(row, marked, screen));
  }

  private static AttributedString ended(DoneRow row, boolean marked, Screen screen) {
    Theme look = screen.look();
    boolean wide = screen.width() >= WIDE;
    int name = Math.max(0, screen.width() - 2 - STATUS - (wide ? TIME + 2 + SIZE + TOOK : 0));
    StyledText styled = new StyledText(look).put(marked ? look.chosen() + " " : "  ", Paint.STRONG);
    if (wide) {
      styled.put(Columns.right(HumanFormat.duration(row.at()), TIME, "") + "  ", Paint.DIM);
    }
    String shown = Columns.cutMiddle(look.text(row.name()), name, look.cut());
    styled.put(Columns.left(shown, name, ""));
    Paint paint = row.status().equals("cancelled") ? Paint.WARN : Paint.DONE;
    styled.put(
        Columns.cutEnd(Columns.right(row.status(), STATUS, ""), screen.width() - 2, ""), paint);
    if (wide) {
      styled.put(Columns.right(HumanFormat.bytes(row.size()), SIZE, ""));
      styled.put(Columns.right(HumanFormat.duration(row.took()), TOOK, ""));
    }
    return styled.line();
  }
}
