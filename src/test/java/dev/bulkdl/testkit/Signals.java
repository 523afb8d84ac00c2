package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Sends signals and makes sure that the process does not ignore them. */
final class Signals {
  private Signals() {}

  /** Sends the signal with this name, without SIG. */
  static void send(String name, long pid) {
    if (!succeeds("sh", "-c", "kill -" + name + " " + pid)) {
      throw new AssertionError("kill -" + name + " " + pid + " failed");
    }
  }

  /**
   * Returns a command prefix that resets ignored signals; empty if the system does not support it.
   * A build in the background of a shell ignores SIGINT. Its children inherit this, and a JVM then
   * ignores the signal too.
   */
  static List<String> undoIgnoring() {
    return Holder.UNDO;
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final List<String> UNDO =
        succeeds("env", "--default-signal=INT,HUP,TERM", "true")
            ? List.of("env", "--default-signal=INT,HUP,TERM")
            : List.of();
  }
}
