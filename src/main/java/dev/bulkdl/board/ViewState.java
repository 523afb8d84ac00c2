package dev.bulkdl.board;

import dev.bulkdl.model.TargetName;
import java.util.List;
import java.util.Optional;

/**
 * What the user looks at.
 *
 * @param help the first line of the help that is shown in place of the view; empty without help
 * @param row the row chosen last, from 0
 * @param file the chosen file; it stays chosen when its row moves
 */
record ViewState(View view, Optional<Integer> help, int row, Optional<TargetName> file) {

  static final ViewState FIRST = new ViewState(View.FILES, Optional.empty(), 0, Optional.empty());

  /** The number of rows that a page key moves. */
  private static final int PAGE = 10;

  private static final int FAR = Integer.MAX_VALUE / 2;

  ViewState after(Key key, BoardModel model) {
    return switch (key) {
      case UP -> moved(-1, model);
      case DOWN -> moved(1, model);
      case PAGE_UP -> moved(-PAGE, model);
      case PAGE_DOWN -> moved(PAGE, model);
      case HOME -> moved(-FAR, model);
      case END -> moved(FAR, model);
      case HELP ->
          new ViewState(view, help.isPresent() ? Optional.empty() : Optional.of(0), row, file);
      case NEXT_VIEW -> in(view.next());
      case FILES -> in(View.FILES);
      case HOSTS -> in(View.HOSTS);
      case FAILURES -> in(View.FAILURES);
      case LOG -> in(View.LOG);
      case QUEUE -> in(View.QUEUE);
      case DONE -> in(View.DONE);
      case PAUSE, PAUSE_FILE, MORE, FEWER, CANCEL, RETRY, STOP, OTHER -> this;
    };
  }

  /**
   * Returns the row of the chosen file. If that file is gone, and in views without files to choose,
   * returns the row chosen last, limited to the rows that exist.
   */
  int row(BoardModel model) {
    int chosen = file.map(targets(model)::indexOf).orElse(-1);
    return chosen >= 0 ? chosen : Math.clamp(row, 0, Math.max(0, rows(model) - 1));
  }

  /** The chosen file, if it is still in this view. */
  Optional<TargetName> chosen(BoardModel model) {
    return file.filter(targets(model)::contains);
  }

  private ViewState in(View other) {
    boolean keeps = other == View.FILES && view != View.QUEUE;
    return new ViewState(other, Optional.empty(), 0, keeps ? file : Optional.empty());
  }

  /** If no file is chosen yet, the first step down chooses the first row. */
  private ViewState moved(int by, BoardModel model) {
    if (help.isPresent()) {
      int line = Math.clamp((long) help.get() + by, 0, KeyText.helpLines() - 1);
      return new ViewState(view, Optional.of(line), row, file);
    }
    int last = rows(model) - 1;
    if (last < 0) {
      return this;
    }
    List<TargetName> targets = targets(model);
    boolean first = !targets.isEmpty() && file.isEmpty() && by == 1;
    int to = first ? 0 : Math.clamp((long) row(model) + by, 0, last);
    return new ViewState(view, help, to, targets.isEmpty() ? file : Optional.of(targets.get(to)));
  }

  /** The files of this view that the user can choose. */
  private List<TargetName> targets(BoardModel model) {
    return switch (view) {
      case FILES -> model.files().stream().map(BoardModel.FileRow::target).toList();
      case QUEUE -> model.queue().stream().map(BoardModel.QueueRow::target).toList();
      case HOSTS, FAILURES, LOG, DONE -> List.of();
    };
  }

  private int rows(BoardModel model) {
    return switch (view) {
      case FILES -> model.files().size();
      case HOSTS -> model.hosts().size();
      case FAILURES -> model.troubles().size();
      case LOG -> model.log().size();
      case QUEUE -> model.queue().size();
      case DONE -> model.done().size();
    };
  }
}
