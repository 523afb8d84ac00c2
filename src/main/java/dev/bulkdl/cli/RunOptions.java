package dev.bulkdl.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a run that only the run of a manifest has. */
final class RunOptions {

  @Option(
      names = "--skip-bad-rows",
      description = "Download the good rows and report the bad ones as failed.")
  private boolean skipBadRows;

  @Option(
      names = "--watch",
      paramLabel = "D",
      converter = Durations.class,
      description = {
        "Read the list and download again, from start to start after this time, until stopped.",
        "Files that have changed are downloaded again, as with --if-modified."
      })
  private @Nullable Duration watch;

  /** Returns the time from one run to the next, if the list is downloaded again and again. */
  Optional<Duration> watch() {
    return Optional.ofNullable(watch);
  }

  boolean skipBadRows() {
    return skipBadRows;
  }
}
