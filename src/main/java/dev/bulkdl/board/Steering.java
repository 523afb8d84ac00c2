package dev.bulkdl.board;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.control.RunControl.Ceilings;
import dev.bulkdl.model.TargetName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies keys to a run.
 *
 * @param stop stops the run and everything that belongs to it
 * @param say shows a line to the user
 */
record Steering(RunControl control, Runnable stop, Consumer<String> say) {

  /**
   * Applies the key, if it concerns the run.
   *
   * @param chosen the chosen file, if any
   */
  void on(Key key, Optional<TargetName> chosen) {
    switch (key) {
      case PAUSE -> pauseOrResume();
      case MORE -> changeConnections(1);
      case FEWER -> changeConnections(-1);
      case PAUSE_FILE -> chosen.ifPresent(this::pauseOrResume);
      case CANCEL -> chosen.ifPresent(control::cancel);
      case RETRY -> retry();
      case STOP -> stop.run();
      case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END, HELP, NEXT_VIEW, OTHER -> {}
      case FILES, HOSTS, FAILURES, LOG, QUEUE, DONE -> {}
    }
  }

  private void changeConnections(int delta) {
    control.changeConnections(delta);
    Ceilings now = control.ceilings();
    say.accept(
        "at most " + now.perOrigin() + " connections to each host, " + now.inAll() + " in all");
  }

  private void retry() {
    int failed = control.retryFailed();
    int waiting = control.retryNow();
    if (failed == 0 && waiting == 0) {
      say.accept("nothing has failed, and nothing waits for a further attempt");
      return;
    }
    List<String> parts = new ArrayList<>();
    if (failed > 0) {
      parts.add("queued again: " + files(failed));
    }
    if (waiting > 0) {
      parts.add("tried at once: " + waiting + (waiting == 1 ? " wait" : " waits"));
    }
    say.accept(String.join("; ", parts));
  }

  private static String files(int count) {
    return count + (count == 1 ? " file" : " files");
  }

  private void pauseOrResume(TargetName file) {
    if (!control.resume(file)) {
      control.pause(file);
    }
  }

  private void pauseOrResume() {
    if (control.isPaused()) {
      control.resume();
    } else {
      control.pause();
    }
  }
}
