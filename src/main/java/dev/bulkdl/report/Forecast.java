package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import java.util.OptionalLong;

/** How much a run has still to do. */
final class Forecast {

  private Forecast() {}

  /**
   * The bytes that are still missing, where enough is known to say so: the number of files, the
   * lengths of all that are active, and some length among those to come.
   */
  static OptionalLong missing(RunProgress progress) {
    if (progress.files() < 0 || progress.active().stream().anyMatch(Forecast::isUnknown)) {
      return OptionalLong.empty();
    }
    long toCome = progress.files() - progress.ended() - progress.active().size();
    long missingOfActive = progress.active().stream().mapToLong(Forecast::missingOf).sum();
    boolean sizesToComeAreUnknown = toCome > 0 && progress.expected() <= missingOfActive;
    return sizesToComeAreUnknown ? OptionalLong.empty() : OptionalLong.of(progress.expected());
  }

  private static boolean isUnknown(FileSnapshot file) {
    return file.total().isEmpty();
  }

  private static long missingOf(FileSnapshot file) {
    return Math.max(0, file.total().orElse(0) - file.bytes());
  }
}
