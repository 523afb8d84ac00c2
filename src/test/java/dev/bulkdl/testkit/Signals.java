package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Sending signals, and making sure that they arrive. */
final class Signals {
  private Signals() {}

  /** By name, without SIG. */
  static void send(String name, long pid) {
    if (!succeeds("sh", "-c", "kill -" + name + " " + pid)) {
      throw new AssertionError("kill -" + name + " " + pid + " failed");
    }
  }

  /**
   * A build in the background of a shell ignores SIGINT, its children inherit that, and a JVM then
   * keeps to it. This command line in front of another undoes it, where the system knows how.
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
