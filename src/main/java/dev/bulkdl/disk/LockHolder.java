package dev.bulkdl.disk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The note in a lock file about the process that holds the lock.
 *
 * @param text the note as people read it
 * @param process the parsed note; empty if it cannot be parsed
 */
record LockHolder(String text, Optional<Run> process) {

  private static final Pattern TEXT =
      Pattern.compile("process (\\d{1,18}) since (\\S+) in boot (.+)");

  /**
   * The process that holds the lock.
   *
   * @param since when it took the lock
   * @param boot the boot of its machine
   */
  record Run(long pid, Instant since, String boot) {}

  static LockHolder self(String boot) {
    long pid = ProcessHandle.current().pid();
    return parse(
        "process "
            + pid
            + " since "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS)
            + " in boot "
            + boot);
  }

  static LockHolder parse(String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      return new LockHolder(text, Optional.empty());
    }
    try {
      Instant since = Instant.parse(found.group(2));
      return new LockHolder(
          text, Optional.of(new Run(Long.parseLong(found.group(1)), since, found.group(3))));
    } catch (DateTimeException e) {
      return new LockHolder(text, Optional.empty());
    }
  }

  /** Returns true if the note names another live process of this boot of this machine. */
  boolean isAliveElsewhere(String boot) {
    return process
        .filter(run -> run.boot.equals(boot) && run.pid != ProcessHandle.current().pid())
        .flatMap(run -> ProcessHandle.of(run.pid).filter(found -> isOlder(found, run.since)))
        .isPresent();
  }

  /** A process that started after the note was written only has the same number. */
  private static boolean isOlder(ProcessHandle found, Instant since) {
    return found
        .info()
        .startInstant()
        .map(start -> !start.isAfter(since.plusSeconds(1)))
        .orElse(false);
  }
}
