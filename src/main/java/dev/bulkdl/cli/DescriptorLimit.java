package dev.bulkdl.cli;

import dev.bulkdl.model.Limits;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many descriptors the system allows this process, and how many connections fit into that: with
 * too many of them rows would fail, with fewer all rows complete.
 */
final class DescriptorLimit {

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final File OPEN = new File("/proc/self/fd");
  private static final Pattern SOFT = Pattern.compile("(?m)^Max open files\\s+(\\d{1,9})\\s");

  /** What a run opens besides: logs, results, lock, selector, hooks, and files for a moment. */
  private static final int BESIDES = 30;

  /** Its socket, its partial file, and half an idle socket and a journal. */
  private static final int EACH = 3;

  private DescriptorLimit() {}

  /** How many more this process may open; very many where no limit is known. */
  static int left() {
    try {
      Matcher soft = SOFT.matcher(Files.readString(LIMITS));
      String[] open = OPEN.list();
      return soft.find() && open != null
          ? Integer.parseInt(soft.group(1)) - open.length
          : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE; // another system than Linux
    }
  }

  /** These limits, or with as many files and connections as descriptors suffice for. Pure. */
  static Limits fit(Limits limits, int left) {
    long used = Math.min(limits.maxConnections(), (long) limits.maxFiles() * limits.segments());
    int room = Math.max(1, (left - BESIDES) / EACH);
    return used <= room
        ? limits
        : limits.withMaxConnections(room).withMaxFiles(Math.min(limits.maxFiles(), room));
  }
}
