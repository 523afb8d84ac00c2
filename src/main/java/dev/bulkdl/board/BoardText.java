package dev.bulkdl.board;

import dev.bulkdl.board.Theme.Paint;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** Renders the board as text: the totals, one of the views, and the line of keys. Pure. */
final class BoardText {

  /** The smallest heights that have room for the tabs, the bar of the whole run, and a notice. */
  private static final int WITH_TABS = 5;

  private static final int WITH_BAR = 7;
  private static final int WITH_NOTICE = 8;

  private BoardText() {}

  /** Returns at most {@code height} lines, each at most {@code width} columns wide. */
  static List<AttributedString> lines(BoardModel model, ViewState state, Screen screen) {
    if (screen.height() == 1 && state.prompt().isPresent()) {
      return List.of(state.prompt().get().line(screen));
    }
    List<AttributedString> lines = new ArrayList<>(head(model, state, screen));
    int foot = screen.height() > 1 ? 1 : 0;
    int room = screen.height() - lines.size() - foot;
    if (room > 0) {
      lines.addAll(body(model, state, screen, room));
    }
    while (lines.size() < Math.min(screen.atLeast(), screen.height()) - foot) {
      lines.add(AttributedString.EMPTY);
    }
    if (foot > 0) {
      lines.add(
          state.prompt().map(prompt -> prompt.line(screen)).orElseGet(() -> KeyText.line(screen)));
    }
    return lines;
  }

  private static List<AttributedString> head(BoardModel model, ViewState state, Screen screen) {
    List<AttributedString> head = new ArrayList<>();
    head.add(HeadText.files(model, screen));
    if (screen.height() >= WITH_BAR) {
      head.add(HeadText.bar(model, screen));
    }
    if (screen.height() > 2) {
      head.add(HeadText.speed(model, screen));
    }
    if (screen.height() >= WITH_NOTICE) {
      HeadText.notice(model, screen).ifPresent(head::add);
    }
    if (screen.height() >= WITH_TABS) {
      head.add(HeadText.tabs(model, state, screen));
    }
    return head;
  }

  private static List<AttributedString> body(
      BoardModel model, ViewState state, Screen screen, int room) {
    if (state.help().isPresent()) {
      return KeyText.help(screen, state.help().get(), room);
    }
    return switch (state.view()) {
      case FILES -> new FileTable(model, state, screen).lines(room);
      case HOSTS -> HostTable.lines(model, state, screen, room);
      case FAILURES -> EventTables.failures(model, state, screen, room);
      case LOG -> EventTables.log(model, state, screen, room);
      case QUEUE -> OtherTables.queue(model, state, screen, room);
      case DONE -> OtherTables.done(model, state, screen, room);
    };
  }

  /** The line that replaces an empty table. */
  static List<AttributedString> nothing(String text, Screen screen) {
    Theme look = screen.look();
    return List.of(
        StyledText.line(look, Columns.cutEnd("  " + text, screen.width(), look.cut()), Paint.DIM));
  }
}
