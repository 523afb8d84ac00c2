package dev.bulkdl.report;

import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.List;

/** Formats numbers for people. Pure. */
public final class HumanFormat {

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private HumanFormat() {}

  /** A size of at least 0, in powers of 1024: {@code 17 B}, {@code 3.2 GiB}. */
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
    return fixed(value, 1) + " " + UNITS.get(unit);
  }

  /** An origin as people write it: the host, and the port if it is not the usual one. */
  static String host(Origin origin) {
    boolean usual = origin.port() == (origin.scheme().equals("https") ? 443 : 80);
    return usual ? origin.host() : origin.host() + ":" + origin.port();
  }

  /** A rate of at least 0: {@code 210.4 MiB/s}. */
  public static String rate(long bytesPerSecond) {
    return bytes(bytesPerSecond) + "/s";
  }

  /**
   * A duration of at least 0, in whole seconds: {@code 0:42}, {@code 1:02:03}, {@code 26:00:00}.
   */
  public static String duration(Duration duration) {
    long hours = duration.toHours();
    int minutes = duration.toMinutesPart();
    String seconds = padded(duration.toSecondsPart(), 2);
    return hours == 0 ? minutes + ":" + seconds : hours + ":" + padded(minutes, 2) + ":" + seconds;
  }

  /** A latency of at least 0: {@code 3.4 ms}, {@code 8.5 s}, {@code 2:05}. */
  public static String millis(double millis) {
    if (millis < 999.95) {
      return fixed(millis, 1) + " ms";
    }
    return millis < 59_950
        ? fixed(millis / 1000, 1) + " s"
        : duration(Duration.ofMillis(Math.round(millis)));
  }

  /** A wait of at least 0: {@code 0.3 s}. */
  public static String seconds(Duration duration) {
    return fixed(duration.toMillis() / 1000.0, 1) + " s";
  }

  /**
   * A number of at least 0 with 1 to 9 decimals. {@link java.util.Formatter} is avoided: it loads
   * locale data, and that takes longer than a small download.
   */
  static String fixed(double value, int decimals) {
    long scale = Math.round(Math.pow(10, decimals));
    long scaled = Math.round(value * scale);
    return scaled / scale + "." + padded(scaled % scale, decimals);
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
