package dev.bulkdl.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
public final class Humans {

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private Humans() {}

  /** A size of at least 0 in powers of 1024: {@code 17 B}, {@code 3.2 GiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 1;
    // From 1023.95 on, one decimal would show 1024.0.
    while (value >= 1023.95 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }

  /** A rate of at least 0: {@code 210.4 MiB/s}. */
  public static String rate(long bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }

  /** A time of at least 0 in whole seconds: {@code 0:42}, {@code 1:02:03}, {@code 26:00:00}. */
  public static String duration(Duration duration) {
    long hours = duration.toHours();
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", duration.toMinutesPart(), duration.toSecondsPart())
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", hours, duration.toMinutesPart(), duration.toSecondsPart());
  }

  /** A wait of at least 0: {@code 0.3 s}. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
