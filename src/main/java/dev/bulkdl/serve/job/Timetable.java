package dev.bulkdl.serve.job;

import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rate of the whole daemon by the time of the week.
 *
 * @param text as the user wrote it; empty for no limit
 */
public record Timetable(String text, ZoneId zone, RateTable table) {

  public static final Timetable NONE = new Timetable("", ZoneOffset.UTC, RateTable.UNLIMITED);

  /**
   * Reads a timetable.
   *
   * @throws InvalidJobException when it is none
   */
  public static Timetable parse(String text, String zone) {
    try {
      ZoneId at = ZoneId.of(zone.isBlank() ? "UTC" : zone);
      return text.isBlank()
          ? new Timetable("", at, RateTable.UNLIMITED)
          : new Timetable(text, at, RateTable.parse(text, at));
    } catch (DateTimeException e) {
      throw new InvalidJobException(
          "zone", "'" + zone + "' is no time zone; write for example Europe/Berlin");
    } catch (IllegalArgumentException e) {
      throw new InvalidJobException("text", String.valueOf(e.getMessage()));
    }
  }

  /** The rate that begins at a time. */
  public record Change(Instant at, Rate rate) {}

  /** Returns the rate at this time. */
  public Rate at(Instant now) {
    return table.at(now);
  }

  /** Returns the next time at which another rate begins. */
  public Optional<Change> next(Instant now) {
    Rate present = at(now);
    Optional<Instant> entry = table.nextEntry(now);
    for (int i = 0; i < MOST_ENTRIES && entry.isPresent(); i++) {
      Rate then = table.at(entry.get());
      if (!then.equals(present)) {
        return Optional.of(new Change(entry.get(), then));
      }
      entry = table.nextEntry(entry.get());
    }
    return Optional.empty();
  }

  private static final int MOST_ENTRIES = 1000;

  /** Returns the rate at the beginning of each hour, for the 7 days from Monday on. */
  public List<List<Rate>> grid(Instant now) {
    LocalDate monday = now.atZone(zone).toLocalDate().with(DayOfWeek.MONDAY);
    List<List<Rate>> days = new ArrayList<>();
    for (int day = 0; day < 7; day++) {
      LocalDate date = monday.plusDays(day);
      days.add(
          IntStream.range(0, 24)
              .mapToObj(hour -> at(date.atTime(hour, 0).atZone(zone).toInstant()))
              .toList());
    }
    return days;
  }
}
