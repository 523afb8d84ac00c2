package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import java.util.OptionalLong;

/** Estimates the bytes that a run still has to download. Pure. */
public final class Forecast {

  private Forecast() {}

  /**
   * Returns the missing bytes, if enough is known: the number of files, the length of each active
   * file, and the length of at least one file that was not started.
   */
  static OptionalLong missing(RunProgress progress) {
    return missing(progress, 0);
  }

  /**
   * The missing bytes, with a guess for unknown lengths.
   *
   * @param meanLength mean length of the files fetched so far; 0 if there is none
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

  /**
   * Returns the number of files of unknown length. If the length of any file that was not started
   * is known, all of those files count as known; otherwise none do.
   */
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
