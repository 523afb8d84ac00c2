package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final long GIB = 1L << 30;

  private static Instant utc(String local) {
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
  }

  private static Schedule within(ZoneId zone, String... windows) {
    return new Schedule(
        Optional.empty(),
        Stream.of(windows).map(Window::parse).toList(),
        zone,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  private static ScheduleVerdict.State at(String time) {
    return new ScheduleVerdict.State(utc(time), Duration.ZERO, 0, OptionalLong.empty(), false);
  }

  /** 2026-11-30 is a Monday. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          22:00-06:00,         2026-11-30T21:59, Mon 22:00
          22:00-06:00,         2026-11-30T22:00,
          22:00-06:00,         2026-12-01T05:59,
          22:00-06:00,         2026-12-01T06:00, Tue 22:00
          Mon-Fri 22:00-06:00, 2026-12-05T05:59,
          Mon-Fri 22:00-06:00, 2026-12-05T06:00, Mon 22:00
          [Mon-Fri] 22:00-06:00, 2026-12-05T22:30, Mon 22:00
          Mon-Fri 22:00-06:00, 2026-11-30T03:00, Mon 22:00
          Fri-Mon 08:00-09:00, 2026-12-01T08:30, Fri 08:00
          Fri-Mon 08:00-09:00, 2026-12-06T08:30,
          'Sat,Sun 00:00-24:00', 2026-12-06T23:59,
          'Sat,Sun 00:00-24:00', 2026-12-07T00:00, Sat 00:00
          Mon 10:00-10:00,     2026-12-01T09:59,
          Mon 10:00-10:00,     2026-12-01T10:01, Mon 10:00
          """)
  void outsideOfItsWindowARunPausesUntilTheNext(String window, String time, String until) {
    ScheduleVerdict verdict = ScheduleVerdict.of(within(ZoneOffset.UTC, window), at(time + ":00"));
    if (until == null) {
      assertThat(verdict).isEqualTo(new ScheduleVerdict.Work());
    } else {
      assertPauses(
          verdict,
          Hold.Reason.WINDOW,
          "outside of --window " + Window.parse(window) + " until " + until);
    }
  }

  private static void assertPauses(ScheduleVerdict verdict, Hold.Reason reason, String why) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            ScheduleVerdict.Pause.class,
            pause -> {
              assertThat(pause.reason()).isEqualTo(reason);
              assertThat(pause.why()).isEqualTo(why);
            });
  }

  @Test
  void aPauseEndsWhenTheNextWindowBegins() {
    assertThat(ScheduleVerdict.of(within(BERLIN, "22:00-06:00"), at("2026-11-30T12:00:00")))
        .isInstanceOfSatisfying(
            ScheduleVerdict.Pause.class,
            pause -> assertThat(pause.until()).hasValue(utc("2026-11-30T21:00:00")));
  }

  @Test
  void severalWindowsAddUp() {
    Schedule both = within(ZoneOffset.UTC, "08:00-09:00", "20:00-21:00");
    assertThat(ScheduleVerdict.of(both, at("2026-11-30T08:30:00")))
        .isEqualTo(new ScheduleVerdict.Work());
    assertThat(ScheduleVerdict.of(both, at("2026-11-30T10:00:00")).toString())
        .contains("until Mon 20:00");
    assertThat(ScheduleVerdict.of(both, at("2026-11-30T21:00:00")).toString())
        .contains("until Tue 08:00");
  }

  /**
   * In Berlin, 2026-03-29 02:00 to 03:00 is left out, and 2026-10-25 02:00 to 03:00 comes twice.
   */
  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:59, false", "2026-03-29T01:00, true", "2026-03-29T02:00, false",
    "2026-10-25T00:29, false", "2026-10-25T00:30, true", "2026-10-25T02:59, true",
    "2026-10-25T03:00, false"
  })
  void windowsFollowTheClocks(String time, boolean works) {
    Schedule night = within(BERLIN, "02:30-04:00");
    assertThat(ScheduleVerdict.of(night, at(time + ":00")) instanceof ScheduleVerdict.Work)
        .isEqualTo(works);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "22:00",
        "25:00-06:00",
        "Foo 22:00-06:00",
        "22:60-06:00",
        "Mon-Tue-Wed 1:00-2:00"
      })
  void otherWindowsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("'Mon-Fri 22:00-06:00'");
  }

  private static ScheduleVerdict.State after(
      Duration elapsed, long received, long free, boolean paused) {
    return new ScheduleVerdict.State(
        utc("2026-11-30T12:00:00"), elapsed, received, OptionalLong.of(free), paused);
  }

  private static Schedule limits(Optional<Instant> startAt) {
    return new Schedule(
        startAt,
        List.of(),
        ZoneOffset.UTC,
        Optional.of(Duration.ofHours(2)),
        OptionalLong.of(10 * GIB),
        OptionalLong.of(5 * GIB));
  }

  @Test
  void endsWhenTimeOrBytesAreOver() {
    Schedule all = limits(Optional.empty());
    Duration less = Duration.ofMinutes(119);
    assertThat(ScheduleVerdict.of(all, after(less, GIB, 9 * GIB, false)))
        .isEqualTo(new ScheduleVerdict.Work());
    assertThat(ScheduleVerdict.of(all, after(Duration.ofHours(2), GIB, 9 * GIB, false)))
        .isEqualTo(new ScheduleVerdict.End("the time of --max-time is over"));
    assertThat(ScheduleVerdict.of(all, after(less, 10 * GIB, 9 * GIB, true)))
        .isEqualTo(new ScheduleVerdict.End("the bytes of --max-bytes are received"));
  }

  @Test
  void pausesWithoutSpaceAndGoesOnAboveASecondMark() {
    Schedule all = limits(Optional.empty());
    ScheduleVerdict.Pause pause =
        new ScheduleVerdict.Pause(
            Hold.Reason.SPACE,
            "less free space than --min-free-space 5G; goes on when there is more",
            Optional.empty());
    assertThat(ScheduleVerdict.of(all, after(Duration.ZERO, 0, 5 * GIB, false)))
        .isEqualTo(new ScheduleVerdict.Work());
    assertThat(ScheduleVerdict.of(all, after(Duration.ZERO, 0, 5 * GIB - 1, false)))
        .isEqualTo(pause);
    assertThat(ScheduleVerdict.of(all, after(Duration.ZERO, 0, 5 * GIB + 1, true)))
        .isEqualTo(pause);
    assertThat(ScheduleVerdict.of(all, after(Duration.ZERO, 0, 6 * GIB, true)))
        .isEqualTo(new ScheduleVerdict.Work());
  }

  @Test
  void theTimeBeforeTheStartDoesNotCount() {
    Schedule later = limits(Optional.of(utc("2026-11-30T12:30:00")));
    assertPauses(
        ScheduleVerdict.of(later, after(Duration.ofHours(9), 0, 9 * GIB, false)),
        Hold.Reason.START_TIME,
        "waits for --start-at Mon 12:30");
    Schedule begun = limits(Optional.of(utc("2026-11-30T11:00:00")));
    assertThat(ScheduleVerdict.of(begun, after(Duration.ofHours(9), 0, 9 * GIB, false)))
        .isEqualTo(new ScheduleVerdict.Work());
  }
}
