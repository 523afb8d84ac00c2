package dev.bulkdl.cli;

import dev.bulkdl.model.Schedule;
import dev.bulkdl.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say when a run works and when it ends. */
final class ScheduleOptions {

  @Option(
      names = "--start-at",
      paramLabel = "TIME",
      converter = Start.class,
      description = "Send no request before: 22:00, the next one, or 2027-01-31T22:00.")
  private @Nullable String startAt;

  @Option(
      names = "--window",
      paramLabel = "'[DAYS] FROM-TO'",
      split = EnvironmentDefaults.BETWEEN_LINES,
      hideParamSyntax = true,
      converter = WindowText.class,
      description = {
        "Pause outside of this time: 22:00-06:00 or 'Mon-Fri 22:00-06:00'; repeatable.",
        "DAYS are those on which it begins."
      })
  private List<Window> windows = new ArrayList<>();

  @Option(
      names = "--max-time",
      paramLabel = "D",
      converter = Durations.class,
      description = "End after this time, with exit code 3; run again to go on.")
  private @Nullable Duration maxTime;

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "End when so much was received, with exit code 3.")
  private @Nullable Long maxBytes;

  @Option(
      names = "--min-free-space",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Pause while the output folder has less free space.")
  private @Nullable Long minFreeSpace;

  /**
   * Returns the schedule of these options.
   *
   * @param zone the zone of all times
   */
  Schedule schedule(ZoneId zone) {
    return new Schedule(
        Optional.ofNullable(startAt).map(text -> StartTime.parse(text, Instant.now(), zone)),
        windows,
        zone,
        Optional.ofNullable(maxTime),
        maxBytes == null ? OptionalLong.empty() : OptionalLong.of(maxBytes),
        minFreeSpace == null ? OptionalLong.empty() : OptionalLong.of(minFreeSpace));
  }

  /** Checks a time. What it is depends on the zone, which another option names. */
  static final class Start extends ParsedConverter<String> {
    Start() {
      super(Start::checked);
    }

    private static String checked(String text) {
      StartTime.parse(text, Instant.EPOCH, ZoneId.systemDefault());
      return text;
    }
  }

  /** Reads a window. */
  static final class WindowText extends ParsedConverter<Window> {
    WindowText() {
      super(Window::parse);
    }
  }
}
