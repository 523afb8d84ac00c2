package dev.bulkdl.model;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Days and times of day as people write them. Pure. */
final class WeekText {

  private WeekText() {}

  /** Returns the day with this name, whole or its first three letters, in any case. */
  static Optional<DayOfWeek> day(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return Stream.of(DayOfWeek.values()).filter(day -> isNamed(day, wanted)).findFirst();
  }

  private static boolean isNamed(DayOfWeek day, String lowerCase) {
    String whole = day.toString().toLowerCase(Locale.ROOT);
    return lowerCase.equals(whole) || lowerCase.equals(whole.substring(0, 3));
  }

  /** Returns the short name of a day. */
  static String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ROOT);
  }

  /**
   * Returns a time of day; empty if it is not from 00:00 to 23:59.
   *
   * @param digits one or two digits, a colon, two digits
   */
  static Optional<LocalTime> time(String digits) {
    int colon = digits.indexOf(':');
    int hour = Integer.parseInt(digits.substring(0, colon));
    int minute = Integer.parseInt(digits.substring(colon + 1));
    return hour > 23 || minute > 59 ? Optional.empty() : Optional.of(LocalTime.of(hour, minute));
  }
}
