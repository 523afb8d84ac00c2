package dev.bulkdl.board;

import dev.bulkdl.board.BoardModel.Speed;
import dev.bulkdl.board.Theme.Paint;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.report.Forecast;
import dev.bulkdl.report.HumanFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jline.utils.AttributedString;

/** The lines at the top of the board, shown in every view. */
final class HeadText {

  private static final long LITTLE_SPACE = 1L << 30;

  private HeadText() {}

  /** Files and bytes so far, their totals, and the time that is left. */
  static AttributedString files(BoardModel model, Screen screen) {
    RunProgress run = model.progress();
    List<Item> items = new ArrayList<>();
    state(model).ifPresent(items::add);
    items.add(filesDone(run));
    count(items, 4, Paint.PLAIN, run.skipped(), "skipped");
    count(items, 9, Paint.BAD, run.failed(), "failed");
    if (!run.stopped()) {
      count(items, 3, Paint.WARN, run.cancelled(), "cancelled");
    }
    items.add(bytes(model));
    percent(model)
        .ifPresent(percent -> items.add(Item.of(7, Paint.STRONG, percent + " %", percent + "%")));
    eta(model.forecast()).ifPresent(items::add);
    items.add(Item.of(1, Paint.DIM, screen.look().text(model.title())));
    return Item.line(items, screen.width(), screen.look());
  }

  /** The files that have ended; after a stop, the files that were not finished do not count. */
  private static Item filesDone(RunProgress run) {
    String ended = Long.toString(run.stopped() ? run.ended() - run.cancelled() : run.ended());
    return run.files() < 0
        ? Item.of(10, Paint.STRONG, ended + " files", ended)
        : Item.of(
            10, Paint.STRONG, ended + " of " + run.files() + " files", ended + "/" + run.files());
  }

  private static Optional<Item> state(BoardModel model) {
    return switch (model.state()) {
      case RUNNING -> Optional.empty();
      case PAUSED -> Optional.of(Item.of(11, Paint.WARN, "PAUSED"));
      case OFFLINE -> Optional.of(Item.of(11, Paint.WARN, "NO NETWORK", "OFFLINE"));
      case STOPPING -> Optional.of(Item.of(11, Paint.WARN, "STOPPING"));
    };
  }

  private static void count(List<Item> items, int weight, Paint paint, long count, String what) {
    if (count > 0) {
      items.add(Item.of(weight, paint, count + " " + what));
    }
  }

  private static Item bytes(BoardModel model) {
    String received = HumanFormat.bytes(model.progress().received());
    if (model.forecast().missing().isEmpty()) {
      return Item.of(5, Paint.PLAIN, received);
    }
    String whole = HumanFormat.bytes(whole(model));
    return model.forecast().isEstimate()
        ? Item.of(
            5, Paint.PLAIN, received + " of about " + whole, received + " of ~" + whole, received)
        : Item.of(5, Paint.PLAIN, received + " of " + whole, received);
  }

  private static Optional<Item> eta(Forecast forecast) {
    return forecast
        .eta()
        .map(
            eta ->
                Item.of(
                    6,
                    Paint.STRONG,
                    "ETA " + HumanFormat.duration(eta),
                    HumanFormat.duration(eta)));
  }

  /** All bytes of this run: those received and those still to download. */
  private static long whole(BoardModel model) {
    return model.progress().received() + model.forecast().missing().orElse(0);
  }

  /** The share that is done: by bytes if the total is known, otherwise by files. */
  static Optional<Integer> percent(BoardModel model) {
    OptionalInt percent = model.forecast().percent();
    return percent.isPresent() ? Optional.of(percent.getAsInt()) : Optional.empty();
  }

  /** The progress bar of the whole run. */
  static AttributedString bar(BoardModel model, Screen screen) {
    boolean byBytes = model.forecast().missing().isPresent();
    RunProgress run = model.progress();
    StyledText styled = new StyledText(screen.look());
    ProgressBar.draw(
        styled,
        byBytes ? run.received() : run.ended(),
        byBytes ? whole(model) : Math.max(0, run.files()),
        screen.width(),
        screen.look());
    return styled.line();
  }

  /** Rates, connections, retries and free space on the disk. */
  static AttributedString speed(BoardModel model, Screen screen) {
    RunProgress run = model.progress();
    Speed speed = model.speed();
    Theme look = screen.look();
    String used = run.connections() + "/" + run.allowed();
    List<Item> items = new ArrayList<>();
    if (model.state() != BoardModel.State.PAUSED) {
      items.add(Item.of(12, Paint.BUSY, HumanFormat.rate(speed.now())));
    }
    items.add(
        Item.of(
            4,
            Paint.BUSY,
            Spark.line(speed.history(), 60, look),
            Spark.line(speed.history(), 30, look),
            Spark.line(speed.history(), 15, look)));
    items.add(Item.of(6, Paint.PLAIN, "mean " + HumanFormat.rate(speed.mean())));
    items.add(Item.of(8, Paint.PLAIN, used + " connections", used + " conn"));
    items.add(
        Item.of(5, Paint.PLAIN, run.retries() + (run.retries() == 1 ? " retry" : " retries")));
    run.freeSpace().ifPresent(free -> items.add(free(free)));
    items.add(Item.of(3, Paint.DIM, HumanFormat.duration(run.elapsed())));
    return Item.line(items, screen.width(), look);
  }

  /** What the run waits for. */
  static Optional<AttributedString> notice(BoardModel model, Screen screen) {
    Theme look = screen.look();
    return model
        .notice()
        .map(text -> Columns.cutEnd(look.text(text), screen.width(), look.cut()))
        .map(text -> StyledText.line(look, text, Paint.WARN));
  }

  private static Item free(long bytes) {
    return Item.of(
        7, bytes < LITTLE_SPACE ? Paint.BAD : Paint.PLAIN, HumanFormat.bytes(bytes) + " free");
  }

  /** The names of the views. The current one is in brackets. */
  static AttributedString tabs(BoardModel model, ViewState state, Screen screen) {
    List<Item> items =
        List.of(
            tab(View.FILES, "files " + model.files().size(), "files", state),
            tab(View.HOSTS, "hosts " + model.hosts().size(), "hosts", state),
            tab(View.FAILURES, "failures " + model.troubles().size(), "failures", state),
            tab(View.LOG, "log", "log", state),
            tab(View.QUEUE, "queue " + waiting(model), "queue", state),
            tab(View.DONE, "done " + doneCount(model.progress()), "done", state));
    return Item.line(items, screen.width(), screen.look());
  }

  /** The files that wait: for a connection, or, as far as their number is known, for their turn. */
  static long waiting(BoardModel model) {
    RunProgress run = model.progress();
    long retries = model.troubles().stream().filter(file -> file.nextTry().isPresent()).count();
    long others = run.files() - run.ended() - run.active().size() - retries;
    return Math.max(model.queue().size(), run.stopped() ? 0 : others);
  }

  private static long doneCount(RunProgress run) {
    return run.completed() + run.skipped() + (run.stopped() ? 0 : run.cancelled());
  }

  private static Item tab(View view, String text, String shorter, ViewState state) {
    boolean shown = view == state.view() && state.help().isEmpty();
    int weight = shown ? 2 : 1;
    return shown
        ? Item.of(weight, Paint.STRONG, "[" + text + "]", "[" + shorter + "]")
        : Item.of(weight, Paint.DIM, text, shorter);
  }
}
