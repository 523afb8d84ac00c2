package dev.bulkdl.board;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;

/** Draws the board on the terminal and stops drawing while the job is suspended. Thread-safe. */
final class Stage {

  /**
   * The longest wait for the lock in {@link #close}. A terminal that accepts no output cannot delay
   * the end any longer.
   */
  private static final long LONGEST_WAIT_MILLIS = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final BoardTerminal terminal;
  private final Drawing drawing;
  private List<TerminalSignals> signals = List.of();
  private boolean isClosed;
  private boolean isSuspended;
  private int tallest;
  private Size size = Size.of(0, 0);
  private String title = "";

  Stage(BoardTerminal terminal) {
    this.terminal = terminal;
    drawing = new Drawing(terminal.terminal());
  }

  /** Prepares the terminal and starts to listen to its signals and keys. */
  void enter(Runnable redraw, Consumer<String> pressed) {
    lock.lock();
    try {
      terminal.enter();
      signals = List.of(new TerminalSignals(redraw, this::suspend));
      terminal
          .keys()
          .map(keys -> new Keyboard(keys, pressed))
          .ifPresent(keyboard -> Thread.ofPlatform().daemon().name("keys").start(keyboard::read));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Draws the model in this view state and prints the waiting lines above the board.
   *
   * @return false once the board is closed
   */
  boolean draw(BoardModel model, ViewState state, Scrollback above) {
    lock.lock();
    try {
      if (!isClosed && mayDraw()) {
        draw(model, state, above.take());
      }
      return !isClosed;
    } finally {
      lock.unlock();
    }
  }

  private void draw(BoardModel model, ViewState state, List<String> above) {
    Size now = terminal.size();
    if (!now.equals(size)) {
      size = now;
      tallest = 0;
    }
    Screen screen =
        new Screen(size.getColumns() - 1, height(size.getRows()), tallest, terminal.look());
    List<AttributedString> lines = BoardText.lines(model, state, screen);
    tallest = lines.size();
    drawing.show(lines, above, size);
    String titleNow = TitleText.of(model, terminal.look());
    if (!titleNow.equals(title)) {
      title = titleNow;
      terminal.title(title);
    }
  }

  /** The height of the board. Some rows stay free for the lines that scroll above it. */
  private static int height(int rows) {
    return Math.max(1, rows - 1 - rows / 6);
  }

  private void suspend() {
    lock.lock();
    try {
      if (!isClosed) {
        isSuspended = true;
        drawing.erase(terminal.size());
        terminal.leave(List.of());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * True if the board may draw. A suspended job returns when its shell makes it the foreground job.
   */
  private boolean mayDraw() {
    if (isSuspended && Foreground.isOurs()) {
      isSuspended = false;
      terminal.enter();
    }
    return !isSuspended;
  }

  /**
   * Erases the board, prints these lines and restores the terminal. If another thread holds the
   * lock for too long, does so without the lock.
   */
  void close(List<String> lines) {
    boolean isLocked = tryLock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      signals.forEach(TerminalSignals::close);
      if (isLocked && !isSuspended) {
        drawing.erase(terminal.size());
      }
      terminal.leave(lines);
    } finally {
      if (isLocked) {
        lock.unlock();
      }
    }
  }

  private boolean tryLock() {
    try {
      return lock.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
