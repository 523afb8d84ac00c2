package dev.bulkdl.board;

import dev.bulkdl.model.TargetName;
import java.util.List;
import java.util.Optional;

/**
 * What the user looks at.
 *
 * @param help whether the help replaces the view
 * @param row the row chosen last, from 0
 * @param file the chosen file; it stays chosen when its row moves
 */
record ViewState(View view, boolean help, int row, Optional<TargetName> file) {

  static final ViewState FIRST = new ViewState(View.FILES, false, 0, Optional.empty());

  /** The number of rows that a page key moves. */
  private static final int PAGE = 10;

  ViewState after(Key key, BoardModel model) {
    return switch (key) {
      case UP -> moved(-1, model);
      case DOWN -> moved(1, model);
      case PAGE_UP -> moved(-PAGE, model);
      case PAGE_DOWN -> moved(PAGE, model);
      case HOME -> moved(-Integer.MAX_VALUE / 2, model);
      case END -> moved(Integer.MAX_VALUE / 2, model);
      case HELP -> new ViewState(view, !help, row, file);
      case NEXT_VIEW -> in(view.next());
      case FILES -> in(View.FILES);
      case HOSTS -> in(View.HOSTS);
      case FAILURES -> in(View.FAILURES);
      case LOG -> in(View.LOG);
      case PAUSE, MORE, FEWER, CANCEL, RETRY, STOP, OTHER -> this;
    };
  }

  /**
   * Returns the row of the chosen file. If that file is gone, and in the other views, returns the
   * row chosen last, limited to the rows that exist.
   */
  int row(BoardModel model) {
    int rows = rows(model);
    if (view == View.FILES && file.isPresent()) {
      List<BoardModel.FileRow> files = model.files();
      for (int i = 0; i < rows; i++) {
        if (files.get(i).target().equals(file.get())) {
          return i;
        }
      }
    }
    return Math.clamp(row, 0, Math.max(0, rows - 1));
  }

  /** The chosen file, if it is still active. */
  Optional<TargetName> chosen(BoardModel model) {
    return file.filter(
        target -> model.files().stream().anyMatch(row -> row.target().equals(target)));
  }

  private ViewState in(View other) {
    return new ViewState(other, false, 0, other == View.FILES ? file : Optional.empty());
  }

  /** If no file is chosen yet, the first step down chooses the first row. */
  private ViewState moved(int by, BoardModel model) {
    int last = rows(model) - 1;
    if (last < 0) {
      return this;
    }
    boolean first = view == View.FILES && file.isEmpty() && by == 1;
    int to = first ? 0 : Math.clamp((long) row(model) + by, 0, last);
    return new ViewState(
        view,
        help,
        to,
        view == View.FILES ? Optional.of(model.files().get(to).target()) : Optional.empty());
  }

  private int rows(BoardModel model) {
    return switch (view) {
      case FILES -> model.files().size();
      case HOSTS -> model.hosts().size();
      case FAILURES -> model.troubles().size();
      case LOG -> model.log().size();
    };
  }
}
