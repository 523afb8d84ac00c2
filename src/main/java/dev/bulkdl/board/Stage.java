package dev.bulkdl.board;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;

/** The board's place on the terminal while it has one. Thread-safe. */
final class Stage {

  /** A terminal that takes nothing does not hold up the end for longer. */
  private static final long LONGEST_WAIT_MILLIS = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final BoardTerminal terminal;
  private final Drawing drawing;
  private List<TerminalSignals> signals = List.of();
  private boolean isClosed;
  private boolean isAside;
  private int tallest;
  private Size size = Size.of(0, 0);
  private String title = "";

  Stage(BoardTerminal terminal) {
    this.terminal = terminal;
    drawing = new Drawing(terminal.terminal());
  }

  /** Enters the terminal, and hears its signals and keys from now on. */
  void enter(Runnable redraw, Consumer<Key> pressed) {
    lock.lock();
    try {
      terminal.enter();
      signals = List.of(new TerminalSignals(redraw, this::putAside));
      terminal
          .keys()
          .map(keys -> new Keyboard(keys, pressed))
          .ifPresent(keyboard -> Thread.ofPlatform().daemon().name("keys").start(keyboard::read));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Draws the model as it is looked at, and writes the lines above it.
   *
   * @return whether there will be more to draw
   */
  boolean draw(BoardModel model, ViewState state, Scrollback above) {
    lock.lock();
    try {
      if (!isClosed && isInFront()) {
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

  /** Some rows are left to what scrolls above. */
  private static int height(int rows) {
    return Math.max(1, rows - 1 - rows / 6);
  }

  private void putAside() {
    lock.lock();
    try {
      if (!isClosed) {
        isAside = true;
        drawing.erase(terminal.size());
        terminal.leave(List.of());
      }
    } finally {
      lock.unlock();
    }
  }

  /** A job that was put aside comes back when its shell gives it the terminal. */
  private boolean isInFront() {
    if (isAside && Foreground.isOurs()) {
      isAside = false;
      terminal.enter();
    }
    return !isAside;
  }

  /** Takes the board away, writes these lines, and gives the terminal back as it was found. */
  void close(List<String> lines) {
    boolean alone = isAlone();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      signals.forEach(TerminalSignals::close);
      if (alone && !isAside) {
        drawing.erase(terminal.size());
      }
      terminal.leave(lines);
    } finally {
      if (alone) {
        lock.unlock();
      }
    }
  }

  private boolean isAlone() {
    try {
      return lock.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
