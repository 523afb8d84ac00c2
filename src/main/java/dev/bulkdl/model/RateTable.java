package dev.bulkdl.model;

import dev.bulkdl.time.LocalClock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rate at each time of the week. The newest past entry holds. Before the first entry of a week,
 * the last entry of the week holds.
 *
 * <p>An entry whose local time is left out when the clocks go forward begins at that moment. An
 * entry whose local time comes twice when the clocks go back begins at the first one.
 *
 * @param always the rate where there are no entries
 * @param entries sorted by time of day; empty for one rate at all times
 * @param zone the time zone of the entries
 */
public record RateTable(Rate always, List<Entry> entries, ZoneId zone) {

  /** No limit at any time. */
  public static final RateTable UNLIMITED = always(Rate.UNLIMITED);

  /**
   * The rate from one time on.
   *
   * @param day empty for each day
   */
  public record Entry(Optional<DayOfWeek> day, LocalTime time, Rate rate) {

    @Override
    public String toString() {
      return day.map(each -> WeekText.name(each) + "-").orElse("") + time + "," + rate;
    }
  }

  /**
   * @throws IllegalArgumentException when two entries are for the same time
   */
  public RateTable {
    Set<List<Object>> times = new HashSet<>();
    for (Entry entry : entries) {
      if (!times.add(List.of(entry.day, entry.time))) {
        throw new IllegalArgumentException(
            "two entries are for the time of '" + entry + "'; leave one out");
      }
    }
    entries = entries.stream().sorted(Comparator.comparing(Entry::time)).toList();
  }

  /** Returns a table with one rate at all times. */
  public static RateTable always(Rate rate) {
    return new RateTable(rate, List.of(), ZoneOffset.UTC);
  }

  /**
   * Returns the table of a text: a rate such as {@code 10M}, or entries such as {@code
   * Mon-08:00,512K 19:00,off} with blanks or semicolons between them.
   *
   * @throws IllegalArgumentException when the text is no table; the message names the entry and a
   *     right one
   */
  public static RateTable parse(String text, ZoneId zone) {
    return RateTableText.parse(text, zone);
  }

  /** Returns the same entries as times of another zone. */
  public RateTable in(ZoneId other) {
    return entries.isEmpty() ? this : new RateTable(always, entries, other);
  }

  /** Returns the text that {@link #parse} reads as this table. */
  @Override
  public String toString() {
    return entries.isEmpty()
        ? always.toString()
        : entries.stream().map(Entry::toString).collect(Collectors.joining(" "));
  }

  /** Returns whether there is a limit at some time. */
  public boolean limits() {
    return always.isLimited() || entries.stream().anyMatch(entry -> entry.rate.isLimited());
  }

  /** Returns the rate at this time. */
  public Rate at(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    for (LocalDate date = today.plusDays(1); !date.isBefore(today.minusDays(8)); ) {
      for (Entry entry : of(date.getDayOfWeek()).reversed()) {
        if (!beginning(date, entry).isAfter(now)) {
          return entry.rate;
        }
      }
      date = date.minusDays(1);
    }
    return always;
  }

  /** Returns when the next entry after this time begins; empty if there are no entries. */
  public Optional<Instant> nextEntry(Instant now) {
    LocalDate today = now.atZone(zone).toLocalDate();
    for (LocalDate date = today.minusDays(1); !date.isAfter(today.plusDays(9)); ) {
      for (Entry entry : of(date.getDayOfWeek())) {
        Instant begins = beginning(date, entry);
        if (begins.isAfter(now)) {
          return Optional.of(begins);
        }
      }
      date = date.plusDays(1);
    }
    return Optional.empty();
  }

  /** Returns the entries of a day. One for this day goes before one for each day. */
  private List<Entry> of(DayOfWeek day) {
    return entries.stream()
        .filter(entry -> entry.day.isEmpty() ? !isReplaced(entry, day) : isFor(entry, day))
        .toList();
  }

  private static boolean isFor(Entry entry, DayOfWeek day) {
    return entry.day.filter(day::equals).isPresent();
  }

  private boolean isReplaced(Entry each, DayOfWeek day) {
    return entries.stream().anyMatch(other -> isFor(other, day) && other.time.equals(each.time));
  }

  private Instant beginning(LocalDate date, Entry entry) {
    return LocalClock.first(date.atTime(entry.time), zone);
  }
}
