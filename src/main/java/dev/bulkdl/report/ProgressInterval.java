package dev.bulkdl.report;

import java.time.Duration;

/**
 * The least time between two progress lines. A growing interval follows the age of the run in
 * steps, so that the lines of a long run stay few: 2 s in the first minute, 10 s in the first ten
 * minutes, then 60 s.
 *
 * @param first the interval at the start
 * @param grows whether it grows with the run
 */
public record ProgressInterval(Duration first, boolean grows) {

  /** For a terminal: people look at it. */
  public static final ProgressInterval TERMINAL =
      new ProgressInterval(Duration.ofSeconds(2), false);

  /** For a file or a journal: it is read later. */
  public static final ProgressInterval GROWING = new ProgressInterval(Duration.ofSeconds(2), true);

  /** The interval at this age of the run. */
  Duration at(Duration elapsed) {
    if (!grows || elapsed.compareTo(Duration.ofMinutes(1)) < 0) {
      return first;
    }
    return elapsed.compareTo(Duration.ofMinutes(10)) < 0
        ? Duration.ofSeconds(10)
        : Duration.ofSeconds(60);
  }
}
