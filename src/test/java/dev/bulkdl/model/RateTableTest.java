package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTableTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static RateTable table(String text) {
    return RateTable.parse(text, ZoneOffset.UTC);
  }

  private static Instant utc(String local) {
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          10M,     10485760
          10m,     10485760
          65536,   65536
          512KiB,  524288
          100B,    100
          off,     9223372036854775807
          OFF,     9223372036854775807
          0,       9223372036854775807
          """)
  void oneRateHoldsAtAllTimes(String text, long bytes) {
    assertThat(table(text)).isEqualTo(RateTable.always(Rate.of(bytes)));
    assertThat(table(text).at(Instant.EPOCH)).isEqualTo(Rate.of(bytes));
    assertThat(table(text).nextEntry(Instant.EPOCH)).isEmpty();
  }

  /** 2026-11-30 is a Monday. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # rclone's own example, not sorted
          2026-11-30T00:00, 512K
          2026-11-30T07:59, 512K
          2026-11-30T08:00, 1M
          2026-11-30T19:00, 10M
          2026-12-01T03:00, 10M
          2026-12-05T00:00, off
          2026-12-06T23:59, off
          2026-12-07T00:00, 512K
          """)
  void theNewestPastEntryHoldsAndWrapsOverTheWeek(String time, String rate) {
    RateTable week = table("Sat-00:00,off; mon-00:00,512K MONDAY-08:00,1M\tMon-19:00,10M");
    assertThat(week.at(utc(time + ":00"))).hasToString(rate);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-11-30T07:59, 10M
          2026-11-30T08:00, 512K
          2026-12-04T19:00, 10M
          2026-12-05T08:00, off
          2026-12-05T12:00, off
          2026-12-05T19:00, 10M
          2026-12-06T08:00, 512K
          """)
  void anEntryWithoutADayHoldsOnEachDayButADaysOwnGoesFirst(String time, String rate) {
    RateTable days = table("08:00,512K 19:00,10M Sat-08:00,off");
    assertThat(days.at(utc(time + ":00"))).hasToString(rate);
  }

  @Test
  void namesTheTimeOfTheNextEntry() {
    RateTable days = table("08:00,512K Sun-19:00,10M");
    assertThat(days.nextEntry(utc("2026-11-30T08:00:00"))).contains(utc("2026-12-01T08:00:00"));
    assertThat(days.nextEntry(utc("2026-12-06T08:00:00"))).contains(utc("2026-12-06T19:00:00"));
    RateTable week = table("Mon-08:00,512K");
    assertThat(week.nextEntry(utc("2026-11-30T08:00:00"))).contains(utc("2026-12-07T08:00:00"));
    assertThat(week.at(utc("2026-11-30T07:00:00"))).hasToString("512K");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Sat,off              | 'Sat,off' has no time; write for example 08:00,512K or Mon-08:00,512K
          08:00,512            | '08:00,512' has a rate without a unit, which other programs take for KiB; write 512K or 512B
          08:00,1.5            | '08:00,1.5' has a rate without a unit, which other programs take for KiB; write 1.5K or 1.5B
          08:00,1M:2M          | '08:00,1M:2M' has a pair of rates; bulkdl only receives, so write one rate
          1M:2M                | '1M:2M' is a pair of rates; bulkdl only receives, so write for example '08:00,512K 19:00,10M Sat-00:00,off'
          08:00,512K 19:00,fast | '19:00,fast' has a wrong rate; write for example 512K, 10M or off
          Foo-08:00,1M         | 'Foo-08:00,1M' begins with no day; write Mon, Tue, Wed, Thu, Fri, Sat or Sun
          M-08:00,1M           | 'M-08:00,1M' begins with no day; write Mon, Tue, Wed, Thu, Fri, Sat or Sun
          24:00,1M             | '24:00,1M' has no time from 00:00 to 23:59
          08:60,1M             | '08:60,1M' has no time from 00:00 to 23:59
          08:00, 1M            | '08:00,' has no rate; write it behind the comma, for example 08:00,512K
          08:00,1M 8:00,2M     | two entries are for the time of '08:00,2M'; leave one out
          08:00,1M 09:00       | '09:00' is no entry of a timetable; write for example '08:00,512K 19:00,10M Sat-00:00,off'
          fast                 | 'fast' is no rate; write for example 10M, off or '08:00,512K 19:00,off'
          -5M                  | '-5M' is no rate; write for example 10M, off or '08:00,512K 19:00,off'
          999999999999T        | '999999999999T' is out of range; write for example 10M, off or '08:00,512K 19:00,off'
          """)
  void anErrorNamesTheEntryAndTheWayOut(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> table(text)).withMessage(message);
  }

  /** On 2026-03-29 in Berlin, 02:00 to 03:00 is left out. */
  @Test
  void anEntryInTheHourThatIsLeftOutBeginsAtTheChange() {
    RateTable night = RateTable.parse("02:30,1M 02:45,3M 12:00,2M", BERLIN);
    Instant change = utc("2026-03-29T01:00:00");
    assertThat(night.at(change.minusSeconds(1))).hasToString("2M");
    assertThat(night.nextEntry(change.minusSeconds(1))).contains(change);
    assertThat(night.at(change)).hasToString("3M");
  }

  /** On 2026-10-25 in Berlin, 02:00 to 03:00 comes twice. */
  @Test
  void anEntryInTheHourThatComesTwiceBeginsOnce() {
    RateTable night = RateTable.parse("02:15,1M 02:45,2M 03:15,3M", BERLIN);
    assertThat(night.at(utc("2026-10-25T00:15:00"))).hasToString("1M");
    assertThat(night.at(utc("2026-10-25T00:45:00"))).hasToString("2M");
    assertThat(night.at(utc("2026-10-25T01:20:00"))).hasToString("2M");
    assertThat(night.nextEntry(utc("2026-10-25T00:45:00"))).contains(utc("2026-10-25T02:15:00"));
  }

  /**
   * Around each change of the clocks: each quarter of an hour beside a second, slow way to decide.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"})
  void allChangesOfTheClocksUntil2040(String zone) {
    ZoneId id = ZoneId.of(zone);
    RateTable table =
        RateTable.parse("00:30,1K 01:45,2K 02:10,3K 02:40,4K Sun-02:10,5K 03:00,6K 13:37,7K", id);
    List<ZoneOffsetTransition> changes = changes(id.getRules());
    assertThat(changes).hasSizeGreaterThan(30);
    for (ZoneOffsetTransition change : changes) {
      Instant from = change.getInstant().minus(Duration.ofHours(3));
      Instant until = change.getInstant().plus(Duration.ofHours(3));
      for (Instant now = from; now.isBefore(until); now = now.plusSeconds(900)) {
        assertThat(table.at(now)).as("%s at %s", zone, now).isEqualTo(slowly(table, now));
        Instant next = table.nextEntry(now).orElseThrow();
        assertThat(next).isAfter(now);
        assertThat(table.at(next)).isEqualTo(slowly(table, next));
        assertThat(slowly(table, next.minusMillis(1))).isEqualTo(table.at(now));
      }
    }
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
    List<ZoneOffsetTransition> all = new ArrayList<>();
    Instant at = utc("2020-01-01T00:00:00");
    Instant end = utc("2041-01-01T00:00:00");
    ZoneOffsetTransition next = rules.nextTransition(at);
    while (next != null && next.getInstant().isBefore(end)) {
      all.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    return all;
  }

  /**
   * Walks the local clock of two days minute by minute. An entry begins when the clock first shows
   * its time of a date, or a later one.
   */
  private static Rate slowly(RateTable table, Instant now) {
    Rate rate = Rate.UNLIMITED;
    LocalDateTime shown = LocalDateTime.MIN;
    Instant first = now.minus(Duration.ofDays(2));
    for (Instant at = first; !at.isAfter(now); at = at.plusSeconds(60)) {
      LocalDateTime local = at.atZone(table.zone()).toLocalDateTime();
      LocalDateTime from = shown.equals(LocalDateTime.MIN) ? local.minusMinutes(1) : shown;
      for (LocalDateTime each = from.plusMinutes(1); !each.isAfter(local); ) {
        rate = begun(table, each.toLocalDate(), each.toLocalTime(), rate);
        each = each.plusMinutes(1);
      }
      shown = local.isAfter(shown) ? local : shown;
    }
    return rate;
  }

  private static Rate begun(RateTable table, LocalDate date, LocalTime time, Rate before) {
    DayOfWeek day = date.getDayOfWeek();
    Rate rate = before;
    for (RateTable.Entry entry : table.entries()) {
      boolean isOnce = entry.day().filter(day::equals).isPresent();
      boolean isNow =
          entry.time().getHour() == time.getHour() && entry.time().getMinute() == time.getMinute();
      if (isNow && isOnce) {
        return entry.rate();
      }
      if (isNow && entry.day().isEmpty()) {
        rate = entry.rate();
      }
    }
    return rate;
  }

  @Test
  void theTextOfATableIsReadAsTheSame() {
    RateTable table = table("Mon-08:00,512K 19:00,off");
    assertThat(table.entries())
        .map(Object::toString)
        .containsExactly("Mon-08:00,512K", "19:00,off");
  }
}
