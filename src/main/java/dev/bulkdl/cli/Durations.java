package dev.bulkdl.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations as people write them: {@code 500ms 5s 2m 1h}, longer than 0. A bare number is seconds.
 */
final class Durations implements ITypeConverter<Duration> {

  private static final Duration LONGEST = Duration.ofDays(1000);

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|)");

  @Override
  public Duration convert(String text) {
    Matcher duration = DURATION.matcher(text.strip());
    if (!duration.matches() || Long.parseLong(duration.group(1)) == 0) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; write for example 500ms, 5s, 2m or 1h");
    }
    long number = Long.parseLong(duration.group(1));
    Duration parsed =
        switch (duration.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s", "" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (parsed.compareTo(LONGEST) > 0) {
      throw new TypeConversionException("'" + text + "' is too long; write for example 1h");
    }
    return parsed;
  }

  /** Returns text that {@link #convert} reads as this duration. */
  static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
