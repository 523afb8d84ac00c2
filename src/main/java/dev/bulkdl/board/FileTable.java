package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.FileRow;
import dev.bulkdl.board.Theme.Paint;
import dev.bulkdl.report.HumanFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jline.utils.AttributedString;

/** The table of active files, one row per file. A narrow terminal shows fewer columns. */
final class FileTable {

  private static final int MARK = 2;
  private static final int PERCENT = 5;
  private static final int RATE = 13;
  private static final int ETA = 9;
  private static final int SIZE = 11;
  private static final int MOST_NAME = 60;
  private static final int LEAST_BAR = 10;
  private static final int LEAST_BAR_WHERE_NARROW = 5;

  private final BoardModel model;
  private final Theme look;
  private final Screen screen;
  private final int chosenRow;
  private final boolean isChosen;
  private final boolean withRate;
  private final boolean withEta;
  private final boolean withSize;
  private final String folder;
  private final int name;
  private final int bar;

  FileTable(BoardModel model, ViewState state, Screen screen) {
    this.model = model;
    this.screen = screen;
    look = screen.look();
    chosenRow = state.row(model);
    isChosen = state.chosen(model).isPresent();
    withRate = screen.width() >= 45;
    withEta = screen.width() >= 58;
    withSize = screen.width() >= 100;
    int fixed =
        MARK + PERCENT + (withRate ? RATE : 0) + (withEta ? ETA : 0) + (withSize ? SIZE : 0);
    int room = Math.max(1, screen.width() - fixed);
    folder = commonFolder(model.files());
    int longest = model.files().stream().mapToInt(row -> Columns.width(name(row))).max().orElse(0);
    int least = screen.width() < 45 ? LEAST_BAR_WHERE_NARROW : LEAST_BAR;
    boolean withBar = screen.width() >= 30;
    int most = Math.min(MOST_NAME, withBar ? room - least - 1 : room);
    name = withBar ? Math.clamp(longest, 1, Math.max(1, most)) : room;
    bar = withBar ? room - name - 1 : 0;
  }

  /** The folder that all files have in common, with its slash; empty if there is none. */
  private static String commonFolder(List<FileRow> files) {
    if (files.size() < 2) {
      return "";
    }
    String common = files.getFirst().name();
    for (FileRow row : files) {
      int same = 0;
      int most = Math.min(common.length(), row.name().length());
      while (same < most && common.charAt(same) == row.name().charAt(same)) {
        same++;
      }
      common = common.substring(0, same);
    }
    return common.substring(0, common.lastIndexOf('/') + 1);
  }

  /** The name without the folder that says nothing, in characters that the terminal shows. */
  private String name(FileRow row) {
    return look.text(row.name().substring(folder.length()));
  }

  List<AttributedString> lines(int room) {
    return RowWindow.table(
        model.files(),
        chosenRow,
        room,
        screen,
        "no file is being fetched at the moment",
        (row, marked) -> row(row, isChosen && marked));
  }

  private AttributedString row(FileRow row, boolean marked) {
    OptionalLong total = row.file().total();
    StyledText styled = new StyledText(look);
    styled.put(marked ? look.chosen() + " " : "  ", Paint.STRONG);
    String cut = Columns.cutMiddle(name(row), name, look.cut());
    styled.put(Columns.left(cut, name, ""), marked ? Paint.STRONG : Paint.PLAIN);
    if (bar > 0) {
      styled.put(" ");
      ProgressBar.draw(styled, row.file().layout(), total.orElse(0), bar, look);
    }
    styled.put(Columns.right(percent(row), PERCENT, ""));
    if (withSize) {
      styled.put(
          Columns.right(total.isEmpty() ? "" : HumanFormat.bytes(total.getAsLong()), SIZE, ""));
    }
    if (withRate) {
      styled.put(Columns.right(rate(row), RATE, ""), row.isPaused() ? Paint.WARN : Paint.BUSY);
    }
    if (withEta) {
      styled.put(Columns.right(isPaused() ? "-" : eta(row.eta()), ETA, ""));
    }
    return styled.line();
  }

  /** A rate that only fades because the run is paused says nothing. */
  private String rate(FileRow row) {
    return row.isPaused() ? "paused" : isPaused() ? "-" : HumanFormat.rate(row.rate());
  }

  private boolean isPaused() {
    return model.state() == BoardModel.State.PAUSED;
  }

  private static String percent(FileRow row) {
    return row.file().total().isEmpty()
        ? "?"
        : String.format(Locale.ROOT, "%d%%", (int) row.file().percent());
  }

  private static String eta(Optional<Duration> eta) {
    return eta.map(HumanFormat::duration).orElse("-");
  }
}
