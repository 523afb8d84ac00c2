package dev.bulkdl.model;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads timetables of rates: {@code [DAY-]HH:MM,RATE}, with blanks or semicolons between them. */
final class RateTableText {

  private static final Pattern ENTRY =
      Pattern.compile("(?:([^-,:]*)-)?([^,-]*),(.*)", Pattern.DOTALL);
  private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}");
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+");
  private static final String EXAMPLE = "write for example '08:00,512K 19:00,10M Sat-00:00,off'";

  private RateTableText() {}

  static RateTable parse(String text, ZoneId zone) {
    String table = text.strip();
    if (Stream.of(",", ":", " ", ";", "\t", "\n").noneMatch(table::contains)) {
      return RateTable.always(rate(table));
    }
    if (!table.contains(",") && table.contains(":")) {
      throw refused(table, "is a pair of rates; bulkdl only receives, so " + EXAMPLE);
    }
    List<RateTable.Entry> entries =
        Stream.of(table.split("[\\s;]+"))
            .filter(entry -> !entry.isEmpty())
            .map(RateTableText::entry)
            .toList();
    return new RateTable(Rate.UNLIMITED, entries, zone);
  }

  private static Rate rate(String text) {
    try {
      return Rate.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; write for example 10M, off or '08:00,512K 19:00,off'", e);
    }
  }

  private static RateTable.Entry entry(String text) {
    Matcher entry = ENTRY.matcher(text);
    if (!entry.matches()) {
      throw refused(text, "is no entry of a timetable; " + EXAMPLE);
    }
    Optional<DayOfWeek> day = Optional.ofNullable(entry.group(1)).map(name -> day(text, name));
    return new RateTable.Entry(day, time(text, entry.group(2)), entryRate(text, entry.group(3)));
  }

  private static DayOfWeek day(String entry, String text) {
    return WeekText.day(text)
        .orElseThrow(
            () -> refused(entry, "begins with no day; write Mon, Tue, Wed, Thu, Fri, Sat or Sun"));
  }

  private static LocalTime time(String entry, String text) {
    if (!TIME.matcher(text).matches()) {
      throw refused(entry, "has no time; write for example 08:00,512K or Mon-08:00,512K");
    }
    return WeekText.time(text).orElseThrow(() -> refused(entry, "has no time from 00:00 to 23:59"));
  }

  private static Rate entryRate(String entry, String text) {
    if (text.isEmpty()) {
      throw refused(entry, "has no rate; write it behind the comma, for example 08:00,512K");
    }
    if (text.contains(":")) {
      throw refused(entry, "has a pair of rates; bulkdl only receives, so write one rate");
    }
    if (DIGITS.matcher(text).matches()) {
      throw refused(
          entry,
          "has a rate without a unit, which other programs take for KiB; write "
              + text
              + "K or "
              + text
              + "B");
    }
    try {
      return Rate.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused(entry, "has a wrong rate; write for example 512K, 10M or off");
    }
  }

  private static IllegalArgumentException refused(String entry, String why) {
    return new IllegalArgumentException("'" + entry + "' " + why);
  }
}
