package dev.bulkdl.board;

import dev.bulkdl.control.RunControl;
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
 * The status board: shows a run at the end of the terminal, steers it by keys, and leaves the
 * terminal as it was found. Thread-safe.
 */
public final class Board implements TransferListener, AutoCloseable {

  private final Scrollback above = new Scrollback();
  private final Semaphore due = new Semaphore(0);
  private final Thread releaser = new Thread(this::release, "board-release");
  private final RunWatch watch;
  private final Steering steering;
  private final Stage stage;
  private final TransferListener listener;
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
   * Takes the terminal, if there is one on which a board can be drawn.
   *
   * @param stop what stops the run, and all that goes along with it
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

  /** Writes a line above the board and into its log. The line must be safe to show. */
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

  /** Once for all that is due. */
  private void draw() {
    do {
      due.acquireUninterruptibly();
      due.drainPermits();
    } while (stage.draw(watch.model(), state, above));
  }

  private void press(Key key) {
    BoardModel model = watch.model();
    state = state.after(key, model);
    steering.on(key, state.chosen(model));
    due.release();
  }

  /** Takes the board away, writes what is left to be said, and gives the terminal back. */
  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(releaser);
    } catch (IllegalStateException e) {
      // The process is ending, and has just done the same.
    }
  }

  /** The same, for an end in a hurry; doing it again does nothing. */
  public void release() {
    stage.close(above.take());
    due.release();
  }
}
