package dev.bulkdl.board;

import dev.bulkdl.model.TargetName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the user looks at.
 *
 * @param help the first line of the help that is shown in place of the view; empty without help
 * @param row the row chosen last, from 0
 * @param choice the chosen file or host; it stays chosen when its row moves
 * @param prompt the question that the user answers now, in place of the line of keys
 */
record ViewState(
    View view, Optional<Integer> help, int row, Optional<Chosen> choice, Optional<Prompt> prompt) {

  static final ViewState FIRST = new ViewState(View.FILES, Optional.empty(), 0, Optional.empty());

  ViewState(View view, Optional<Integer> help, int row, Optional<Chosen> choice) {
    this(view, help, row, choice, Optional.empty());
  }

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
          new ViewState(view, help.isPresent() ? Optional.empty() : Optional.of(0), row, choice);
      case NEXT_VIEW -> in(view.next());
      case FILES -> in(View.FILES);
      case HOSTS -> in(View.HOSTS);
      case FAILURES -> in(View.FAILURES);
      case LOG -> in(View.LOG);
      case QUEUE -> in(View.QUEUE);
      case DONE -> in(View.DONE);
      case PAUSE, PAUSE_CHOSEN, MORE, FEWER, RATE, CONNECTIONS, PER_HOST -> this;
      case CANCEL, RETRY, STOP, OTHER -> this;
    };
  }

  /** Returns the same view with this prompt, or without one. */
  ViewState asking(Optional<Prompt> question) {
    return new ViewState(view, help, row, choice, question);
  }

  /**
   * Returns the row of the chosen file or host. If that is gone, and in views without rows to
   * choose, returns the row chosen last, limited to the rows that exist.
   */
  int row(BoardModel model) {
    int chosen = choice.map(choices(model)::indexOf).orElse(-1);
    return chosen >= 0 ? chosen : Math.clamp(row, 0, Math.max(0, rows(model) - 1));
  }

  /** The chosen file or host, if it is still in this view. */
  Optional<Chosen> chosen(BoardModel model) {
    return choice.filter(choices(model)::contains);
  }

  private ViewState in(View other) {
    boolean keeps = other == View.FILES && view != View.QUEUE && view != View.HOSTS;
    return new ViewState(other, Optional.empty(), 0, keeps ? choice : Optional.empty());
  }

  /** If nothing is chosen yet, the first step down chooses the first row. */
  private ViewState moved(int by, BoardModel model) {
    if (help.isPresent()) {
      int line = Math.clamp((long) help.get() + by, 0, KeyText.helpLines() - 1);
      return new ViewState(view, Optional.of(line), row, choice);
    }
    int last = rows(model) - 1;
    if (last < 0) {
      return this;
    }
    List<Chosen> choices = choices(model);
    boolean first = !choices.isEmpty() && choice.isEmpty() && by == 1;
    int to = first ? 0 : Math.clamp((long) row(model) + by, 0, last);
    return new ViewState(view, help, to, choices.isEmpty() ? choice : Optional.of(choices.get(to)));
  }

  /** What the user can choose in this view. */
  private List<Chosen> choices(BoardModel model) {
    return switch (view) {
      case FILES -> files(model.files(), BoardModel.FileRow::target);
      case QUEUE -> files(model.queue(), BoardModel.QueueRow::target);
      case HOSTS ->
          model.hosts().stream().<Chosen>map(row -> new Chosen.Host(row.host().origin())).toList();
      case FAILURES, LOG, DONE -> List.of();
    };
  }

  private static <T> List<Chosen> files(List<T> rows, Function<T, TargetName> target) {
    return rows.stream().<Chosen>map(row -> new Chosen.File(target.apply(row))).toList();
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
