package dev.bulkdl.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether this process is in the terminal's foreground process group. */
final class Foreground {

  private static final Path STAT = Path.of("/proc/self/stat");

  private Foreground() {}

  /**
   * True if this process is in the foreground, or if the system does not say. The kernel stops a
   * background job that changes the terminal.
   */
  static boolean isOurs() {
    try {
      return isOurs(Files.readString(STAT));
    } catch (IOException | RuntimeException e) {
      return true; // the system does not say
    }
  }

  /**
   * Parses {@code /proc/self/stat} as proc(5) describes it. After the name in parentheses follow:
   * state, parent, process group, session, terminal, and the terminal's foreground process group.
   */
  static boolean isOurs(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 7);
    return fields[2].equals(fields[5]);
  }
}
