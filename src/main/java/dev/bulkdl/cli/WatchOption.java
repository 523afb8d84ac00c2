package dev.bulkdl.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that repeats a run. */
final class WatchOption {

  @Option(
      names = "--watch",
      paramLabel = "D",
      converter = Durations.class,
      description = {
        "Read the list and download again, from start to start after this time, until stopped.",
        "Files that have changed are downloaded again, as with --if-modified."
      })
  private @Nullable Duration every;

  /** Returns the time from one run to the next, if the list is downloaded again and again. */
  Optional<Duration> every() {
    return Optional.ofNullable(every);
  }
}
