package dev.bulkdl.model;

import dev.bulkdl.time.LocalClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A time of day in which a run works, on some days. It can go over midnight; its day is that of its
 * start. With the same start and end it is a whole day.
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

  private static final Pattern TEXT =
      Pattern.compile(
          "(?:\\[?([a-z]+(?:[-,][a-z]+)*)\\]?\\s+)?(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})");
  private static final int WEEK = 7;

  public Window {
    days = Set.copyOf(days);
  }

  /**
   * Returns the window of a text such as {@code 22:00-06:00}, {@code Mon-Fri 22:00-06:00} or {@code
   * Sat,Sun 00:00-00:00}.
   *
   * @throws IllegalArgumentException when the text is no window; the message shows a right one
   */
  public static Window parse(String text) {
    Matcher found = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!found.matches()) {
      throw refused(text, "is no window");
    }
    return new Window(
        found.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(text, found.group(1)),
        time(text, found.group(2)),
        time(text, found.group(3)));
  }

  private static Set<DayOfWeek> days(String window, String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw refused(window, "has wrong days");
      }
      DayOfWeek first = day(window, ends[0]);
      DayOfWeek last = day(window, ends[ends.length - 1]);
      for (DayOfWeek day = first; ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String window, String name) {
    return WeekText.day(name).orElseThrow(() -> refused(window, "has wrong days"));
  }

  private static LocalTime time(String window, String text) {
    return text.equals("24:00")
        ? LocalTime.MIDNIGHT
        : WeekText.time(text).orElseThrow(() -> refused(window, "has no time from 00:00 to 24:00"));
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException(
        "'" + text + "' " + why + "; write for example 22:00-06:00 or 'Mon-Fri 22:00-06:00'");
  }

  /** Returns whether this time is in the window. */
  public boolean contains(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    return Stream.of(today.minusDays(2), today.minusDays(1), today, today.plusDays(1))
        .filter(date -> days.contains(date.getDayOfWeek()))
        .anyMatch(date -> !start(date, zone).isAfter(now) && end(date, zone).isAfter(now));
  }

  /** Returns when the window begins next, after this time. */
  public Instant nextStart(Instant now, ZoneId zone) {
    LocalDate date = now.atZone(zone).toLocalDate().minusDays(1);
    for (int i = 0; i <= WEEK + 2; i++) {
      Instant start = start(date.plusDays(i), zone);
      if (days.contains(date.plusDays(i).getDayOfWeek()) && start.isAfter(now)) {
        return start;
      }
    }
    throw new IllegalStateException("a week has all days");
  }

  private Instant start(LocalDate date, ZoneId zone) {
    return LocalClock.first(date.atTime(from), zone);
  }

  private Instant end(LocalDate date, ZoneId zone) {
    return LocalClock.first((to.isAfter(from) ? date : date.plusDays(1)).atTime(to), zone);
  }

  /** Returns a text that {@link #parse} reads as this window. */
  @Override
  public String toString() {
    String prefix =
        days.size() == WEEK
            ? ""
            : days.stream().sorted().map(WeekText::name).collect(Collectors.joining(",")) + " ";
    return prefix + from + "-" + to;
  }
}
