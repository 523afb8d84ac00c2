package dev.bulkdl.cli;

import dev.bulkdl.time.LocalClock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/** Reads the time at which something is to start. Pure. */
final class StartTime {

  private StartTime() {}

  /**
   * Returns the time of a text: {@code 22:00}, the next one, or a date with a time such as {@code
   * 2027-01-31T22:00} or {@code 2027-01-31T22:00+01:00}.
   *
   * @throws IllegalArgumentException when the text is no time; the message shows a right one
   */
  static Instant parse(String text, Instant now, ZoneId zone) {
    String time = text.strip().replaceFirst("^(\\d):", "0$1:");
    try {
      if (time.contains("T")) {
        return date(time, zone);
      }
      LocalDateTime today = now.atZone(zone).toLocalDate().atTime(LocalTime.parse(time));
      Instant first = LocalClock.first(today, zone);
      return first.isAfter(now) ? first : LocalClock.first(today.plusDays(1), zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time; write for example 22:00 or 2027-01-31T22:00", e);
    }
  }

  private static Instant date(String time, ZoneId zone) {
    try {
      return LocalClock.first(LocalDateTime.parse(time), zone);
    } catch (DateTimeParseException e) {
      return OffsetDateTime.parse(time).toInstant();
    }
  }
}
