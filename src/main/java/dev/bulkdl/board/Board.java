package dev.bulkdl.board;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.event.ProgressListener;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.report.ProgressLines;
import dev.bulkdl.report.ProgressLines.Detail;
import dev.bulkdl.time.Ticker;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The status board. It draws the run at the bottom of the terminal, steers the run by keys, and
 * restores the terminal when it closes. Thread-safe.
 */
public final class Board implements ProgressListener, AutoCloseable {

  private final Scrollback above = new Scrollback();
  private final Semaphore due = new Semaphore(0);
  private final Thread releaser = new Thread(this::release, "board-release");
  private final RunWatch watch;
  private final Steering steering;
  private final Stage stage;
  private final ProgressListener listener;
  private volatile ViewState state = ViewState.FIRST;

  private Board(RunControl control, Runnable stop, BoardTerminal terminal, Detail detail) {
    watch = new RunWatch(control, Ticker.system());
    steering = new Steering(control, stop, above::add);
    stage = new Stage(terminal);
    listener =
        TransferListener.all(
            List.of(
                ProgressLines.ofEvents(above::add, detail),
                ProgressLines.ofEvents(line -> watch.log(() -> line), Detail.VERBOSE),
                watch));
  }

  /**
   * Opens the board. Empty if standard error is not a terminal on which a board can be drawn.
   *
   * @param stop stops the run and everything that belongs to it
   * @param charset of standard error
   * @param detail which lines scroll above the board
   */
  public static Optional<Board> open(
      RunControl control,
      Runnable stop,
      Map<String, String> environment,
      Charset charset,
      Detail detail) {
    return BoardTerminal.open(environment, charset)
        .map(terminal -> new Board(control, stop, terminal, detail).begin());
  }

  /** A cheap guess whether standard error is a terminal, with or without a board. */
  public static boolean hasTerminal() {
    return !BoardTerminal.isNoTerminal();
  }

  /**
   * Writes a line above the board and into the board's log. The caller makes the line safe to show.
   */
  public void say(String line) {
    above.add(line);
    watch.log(() -> line);
    due.release();
  }

  private Board begin() {
    Runtime.getRuntime().addShutdownHook(releaser);
    Thread.ofPlatform().daemon().name("board").start(this::draw);
    stage.enter(due::release, this::press);
    return this;
  }

  @Override
  public void onEvent(TransferEvent event) {
    listener.onEvent(event);
  }

  @Override
  public void onProgress(RunProgress progress) {
    listener.onProgress(progress);
    due.release();
  }

  /** Draws until the board is closed. Several pending requests cause one redraw. */
  private void draw() {
    do {
      due.acquireUninterruptibly();
      due.drainPermits();
    } while (stage.draw(watch.model(), state, above));
  }

  private void press(String typed) {
    ViewState before = state;
    if (before.prompt().isPresent()) {
      state = before.asking(steering.answered(before.prompt().get(), typed));
    } else {
      press(Key.of(typed));
    }
    due.release();
  }

  private void press(Key key) {
    BoardModel model = watch.model();
    state = state.after(key, model).asking(steering.prompt(key));
    steering.on(key, state.chosen(model));
    if (key == Key.RETRY) {
      watch.triedNow();
    }
  }

  /** Erases the board, prints the lines that still wait, and restores the terminal. */
  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(releaser);
    } catch (IllegalStateException e) {
      // The process is ending. The shutdown hook calls release() as well.
    }
  }

  /** Does the same as {@link #close}, but keeps the shutdown hook. Further calls do nothing. */
  public void release() {
    stage.close(above.take());
    due.release();
  }
}
