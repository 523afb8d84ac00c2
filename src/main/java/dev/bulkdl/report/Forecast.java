package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import java.util.OptionalLong;

/** How much a run has still to do. */
public final class Forecast {

  private Forecast() {}

  /**
   * The bytes that are still missing, where enough is known to say so: the number of files, the
   * lengths of all that are active, and some length among those to come.
   */
  static OptionalLong missing(RunProgress progress) {
    return missing(progress, 0);
  }

  /**
   * The same, with a guess in place of lengths that are unknown.
   *
   * @param meanLength of the files that were fetched so far; 0 where there is none
   */
  public static OptionalLong missing(RunProgress progress, long meanLength) {
    if (progress.files() < 0) {
      return OptionalLong.empty();
    }
    long unknown = unknownLengths(progress);
    return unknown > 0 && meanLength == 0
        ? OptionalLong.empty()
        : OptionalLong.of(progress.expected() + unknown * meanLength);
  }

  /** Of files to come either some length is known, and then they all count as known, or none. */
  private static long unknownLengths(RunProgress progress) {
    long toCome = progress.files() - progress.ended() - progress.active().size();
    long missingOfActive = progress.active().stream().mapToLong(Forecast::missingOf).sum();
    long active = progress.active().stream().filter(file -> file.total().isEmpty()).count();
    return active + (progress.expected() <= missingOfActive ? Math.max(0, toCome) : 0);
  }

  private static long missingOf(FileSnapshot file) {
    return Math.max(0, file.total().orElse(0) - file.bytes());
  }
}
