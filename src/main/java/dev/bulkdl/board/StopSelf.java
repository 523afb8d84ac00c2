package dev.bulkdl.board;

import java.io.IOException;

/** Sends SIGSTOP to this process, as the shell expects of a suspended job. SIGCONT continues it. */
final class StopSelf {

  private StopSelf() {}

  static void now() {
    long pid = ProcessHandle.current().pid();
    try {
      new ProcessBuilder("sh", "-c", "kill -STOP " + pid).start();
    } catch (IOException e) {
      // The process could not be stopped, so it continues.
    }
  }
}
