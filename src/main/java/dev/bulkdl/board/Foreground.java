package dev.bulkdl.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the terminal listens to this process rather than to another job of its shell. */
final class Foreground {

  private static final Path STAT = Path.of("/proc/self/stat");

  private Foreground() {}

  /** A job in the background is stopped when it changes the terminal. */
  static boolean isOurs() {
    try {
      return isOurs(Files.readString(STAT));
    } catch (IOException | RuntimeException e) {
      return true; // where the system does not tell
    }
  }

  /**
   * As proc(5) has it: after the name in brackets come state, parent, group, session, terminal, its
   * group.
   */
  static boolean isOurs(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 7);
    return fields[2].equals(fields[5]);
  }
}
