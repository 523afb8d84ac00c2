package dev.bulkdl.board;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;

/**
 * Hears that the window has changed its size, and that the user puts the job aside, until closed.
 */
final class TerminalSignals implements AutoCloseable {

  private final List<Runnable> restore = new ArrayList<>();

  /**
   * @param redraw the size changed, or the job goes on
   * @param suspend the job is about to be stopped
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
