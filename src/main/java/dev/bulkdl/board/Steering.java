package dev.bulkdl.board;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.TargetName;
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
      case MORE -> control.changeConnections(1);
      case FEWER -> control.changeConnections(-1);
      case CANCEL -> chosen.ifPresent(control::cancel);
      case RETRY -> say.accept("queued again: " + control.retryFailed() + " files");
      case STOP -> stop.run();
      case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END, HELP, NEXT_VIEW, OTHER -> {}
      case FILES, HOSTS, FAILURES, LOG -> {}
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
