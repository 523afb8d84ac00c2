package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.model.TargetName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is left of a run. A file of unknown length counts with the mean of the known lengths, so one
 * unknown length never hides the total.
 *
 * @param missing bytes still to download; empty if no length is known, if the number of files is
 *     unknown, and after a stop
 * @param isEstimate whether {@code missing} contains a guess
 * @param percent the share that is done, by bytes if {@code missing} is known, otherwise by files;
 *     100 only at the end
 * @param eta time until the end; empty while nothing can be said
 */
public record Forecast(
    OptionalLong missing, boolean isEstimate, OptionalInt percent, Optional<Duration> eta) {

  /** Nothing is known. */
  public static final Forecast NONE =
      new Forecast(OptionalLong.empty(), false, OptionalInt.empty(), Optional.empty());

  /**
   * Recent rates in bytes per second.
   *
   * @param run the rate of the run
   * @param files the rates of the active files; files that are too young for a rate are left out
   */
  record Speeds(double run, Map<TargetName, Double> files) {

    Speeds {
      files = Map.copyOf(files);
    }

    private boolean isStalled() {
      return run < 1 || (!files.isEmpty() && files.values().stream().allMatch(rate -> rate < 1));
    }
  }

  /**
   * Forecasts the rest of a run. Pure.
   *
   * @param run the newest sample
   * @param speeds the rates at that sample
   * @param now the time since the run began, at or after the sample
   */
  static Forecast of(RunProgress run, Speeds speeds, Duration now) {
    OptionalLong missing = missing(run);
    return new Forecast(
        missing,
        missing.isPresent() && run.unsized() > 0,
        percent(run, missing),
        eta(run, missing, speeds).map(eta -> later(eta, now.minus(run.elapsed()))));
  }

  /** The same forecast with another time left. */
  Forecast withEta(Optional<Duration> other) {
    return new Forecast(missing, isEstimate, percent, other);
  }

  private static OptionalLong missing(RunProgress run) {
    boolean nothingKnown = run.unsized() > 0 && run.meanLength().isEmpty();
    if (run.files() < 0 || run.stopped() || nothingKnown) {
      return OptionalLong.empty();
    }
    long mean = run.meanLength().orElse(0);
    long active = run.active().stream().filter(file -> file.total().isEmpty()).count();
    long begun =
        run.active().stream()
            .filter(file -> file.total().isEmpty())
            .mapToLong(file -> guess(file, mean))
            .sum();
    long others = Math.max(0, run.unsized() - active);
    return OptionalLong.of(run.expected() + begun + Math.round(others * mean * shareToFetch(run)));
  }

  /** Of the files to come, as many may be there already as of those before them. */
  private static double shareToFetch(RunProgress run) {
    double fetched = run.completed() + run.failed() + run.active().size();
    return run.skipped() == 0 ? 1 : fetched / (fetched + run.skipped());
  }

  /**
   * The missing bytes of an active file of unknown length. A file that is longer than the mean is
   * assumed to be as far from its end as it is beyond the mean.
   */
  private static long guess(FileSnapshot file, long mean) {
    return Math.abs(mean - file.bytes());
  }

  private static OptionalInt percent(RunProgress run, OptionalLong missing) {
    if (run.stopped()) {
      return OptionalInt.empty();
    }
    long whole = run.received() + missing.orElse(0);
    OptionalInt percent =
        missing.isPresent() && whole > 0
            ? share(run.received(), whole)
            : share(run.ended(), run.files());
    boolean ended = run.ended() == run.files();
    return percent.isPresent() && percent.getAsInt() == 100 && !ended
        ? OptionalInt.of(99)
        : percent;
  }

  private static OptionalInt share(long part, long whole) {
    return whole <= 0 ? OptionalInt.empty() : OptionalInt.of((int) (100.0 * part / whole));
  }

  /** The time for the missing bytes, but not less than the slowest active file needs alone. */
  private static Optional<Duration> eta(RunProgress run, OptionalLong missing, Speeds speeds) {
    if (missing.isEmpty() || run.paused() || speeds.isStalled()) {
      return Optional.empty();
    }
    double seconds = missing.getAsLong() / speeds.run();
    for (FileSnapshot file : run.active()) {
      double rate = speeds.files().getOrDefault(file.download().target(), 0.0);
      if (rate >= 1) {
        seconds = Math.max(seconds, left(file, run) / rate);
      }
    }
    return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
  }

  private static long left(FileSnapshot file, RunProgress run) {
    return file.total().isPresent()
        ? Math.max(0, file.total().getAsLong() - file.bytes())
        : guess(file, run.meanLength().orElse(0));
  }

  private static Duration later(Duration eta, Duration passed) {
    Duration left = eta.minus(passed);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
