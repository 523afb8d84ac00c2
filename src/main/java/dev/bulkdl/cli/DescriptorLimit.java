package dev.bulkdl.cli;

import dev.bulkdl.settings.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit of file descriptors of this process, and the number of connections that fit into it.
 * With too many connections rows would fail. With fewer connections all rows complete.
 */
final class DescriptorLimit {

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final File OPEN = new File("/proc/self/fd");
  private static final Pattern SOFT = Pattern.compile("(?m)^Max open files\\s+(\\d{1,9})\\s");

  /**
   * The descriptors that a run needs in addition: logs, results, lock, selector, hooks, and
   * short-lived files.
   */
  private static final int BESIDES = 30;

  /**
   * The descriptors of one connection: its socket, its partial file, and half of an idle socket and
   * of a journal.
   */
  private static final int EACH = 3;

  private DescriptorLimit() {}

  /**
   * Returns the number of descriptors that this process may still open. If the limit is unknown,
   * the number is very large.
   */
  static int left() {
    try {
      Matcher soft = SOFT.matcher(Files.readString(LIMITS));
      String[] open = OPEN.list();
      return soft.find() && open != null
          ? Integer.parseInt(soft.group(1)) - open.length
          : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE; // not Linux
    }
  }

  /**
   * Returns these limits, with fewer files and connections if the descriptors do not suffice. A
   * pure function.
   */
  static Limits fit(Limits limits, int left) {
    long used = Math.min(limits.maxConnections(), (long) limits.maxFiles() * limits.segments());
    int room = Math.max(1, (left - BESIDES) / EACH);
    return used <= room
        ? limits
        : limits.withMaxConnections(room).withMaxFiles(Math.min(limits.maxFiles(), room));
  }
}
