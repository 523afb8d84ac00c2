package dev.bulkdl.board;

import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.TargetName;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does with a run what keys ask for.
 *
 * @param stop what stops the run, and all that goes along with it
 * @param say tells the user
 */
record Steering(RunControl control, Runnable stop, Consumer<String> say) {

  /**
   * Does what the key stands for, if that concerns the run.
   *
   * @param chosen the file that is chosen
   */
  void on(Key key, Optional<TargetName> chosen) {
    switch (key) {
      case PAUSE -> pauseOrResume();
      case MORE -> control.changeConnections(1);
      case FEWER -> control.changeConnections(-1);
      case CANCEL -> chosen.ifPresent(control::cancel);
      case RETRY -> say.accept("taken up again: " + control.retryFailed() + " files");
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
