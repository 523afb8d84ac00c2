package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.HostRow;
import dev.bulkdl.board.Theme.Paint;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.report.HumanFormat;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** The table of origins in use, one row per origin. */
final class HostTable {

  private HostTable() {}

  static List<AttributedString> lines(BoardModel model, ViewState state, Screen screen, int room) {
    return RowWindow.table(
        model.hosts(),
        state.row(model),
        room,
        screen,
        "no connection is open",
        (row, marked) -> {
          boolean paused = model.state() == BoardModel.State.PAUSED;
          String rate = paused ? "-" : HumanFormat.rate(row.rate());
          return row(row, rate, marked && state.chosen(model).isPresent(), screen);
        });
  }

  private static AttributedString row(HostRow row, String rate, boolean marked, Screen screen) {
    HostSnapshot host = row.host();
    Theme look = screen.look();
    List<Item> items = new ArrayList<>();
    items.add(Item.of(9, Paint.STRONG, marked ? look.chosen() : " "));
    items.add(name(host, screen));
    items.add(connections(host));
    items.add(Item.of(6, Paint.BUSY, Columns.right(rate, 12, "")));
    items.add(Item.of(3, Paint.PLAIN, Columns.right(HumanFormat.bytes(host.received()), 10, "")));
    items.add(count(host.errors(), "errors", "err", host.errors() > 0 ? Paint.BAD : Paint.DIM));
    host.hold().ifPresent(hold -> items.add(Item.of(8, Paint.WARN, paused(row))));
    return Item.line(items, screen.width(), look);
  }

  private static String paused(HostRow row) {
    return row.pausedFor().map(left -> "paused for " + HumanFormat.duration(left)).orElse("paused");
  }

  private static Item name(HostSnapshot host, Screen screen) {
    String origin = screen.look().text(host.origin().toString());
    int columns = Math.clamp(screen.width() * 2L / 5, 12, 60);
    String cut = screen.look().cut();
    return Item.of(
        10, Paint.PLAIN, Columns.left(Columns.cutMiddle(origin, columns, cut), columns, ""));
  }

  /** The number in use and the number that pays, with its reason. */
  private static Item connections(HostSnapshot host) {
    String number = Columns.right(host.connections() + "/" + host.allowed(), 7, "");
    String why = host.reason().isEmpty() ? "" : " (" + host.reason() + ")";
    return Item.of(
        5, Paint.PLAIN, number + " connections" + why, number + " connections", number + " conn");
  }

  private static Item count(long count, String what, String shorter, Paint paint) {
    String number = Columns.right(Long.toString(count), 4, "");
    return Item.of(5, paint, number + " " + what, number + " " + shorter);
  }
}
