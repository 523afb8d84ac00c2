package dev.bulkdl.board;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;

/**
 * Listens to terminal signals until closed: a new window size (SIGWINCH), suspension by the user
 * (SIGTSTP) and continuation (SIGCONT).
 */
final class TerminalSignals implements AutoCloseable {

  private final List<Runnable> restore = new ArrayList<>();

  /**
   * @param redraw called when the size has changed or the job continues
   * @param suspend called before the job is stopped
   */
  TerminalSignals(Runnable redraw, Runnable suspend) {
    hear("WINCH", redraw);
    hear("CONT", redraw);
    hear(
        "TSTP",
        () -> {
          suspend.run();
          StopSelf.now();
        });
  }

  private void hear(String name, Runnable action) {
    Object before = Signals.register(name, action);
    if (before != null) {
      restore.add(() -> Signals.unregister(name, before));
    }
  }

  @Override
  public void close() {
    restore.forEach(Runnable::run);
  }
}
