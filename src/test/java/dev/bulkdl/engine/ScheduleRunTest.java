package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.model.Window;
import dev.bulkdl.settings.RateLimits;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Runs that pause and end by their schedule. */
class ScheduleRunTest extends EngineFixture {

  private static final Schedule NONE = Schedule.NONE;

  private static Schedule ending(Optional<Duration> time, OptionalLong bytes) {
    return new Schedule(
        NONE.startAt(), NONE.windows(), NONE.zone(), time, bytes, NONE.minFreeSpace());
  }

  /** The rest would take a minute. */
  private void slow() {
    settings = settings.with(RateLimits.NONE.withTotal(RateTable.always(Rate.of(24 * KIB))));
  }

  private void assertGoesOnLater() {
    assertThat(report().exitCode()).isEqualTo(3);
    assertThat(watch.seen(TransferEvent.EndedEarly.class)).hasSize(1);
    assertThat(report().endedEarly()).isPresent();
    long before = report().bytes().downloaded();
    settings = settings.with(RateLimits.NONE).with(NONE);
    completed(download(a()));
    assertThat(report().exitCode()).isZero();
    assertThat(report().bytes().resumed()).isEqualTo(before);
    assertThat(before + report().bytes().downloaded()).isEqualTo(PAYLOAD.size());
  }

  @Test
  void theTimeIsOver() {
    slow();
    settings = settings.with(ending(Optional.of(millis(1500)), OptionalLong.empty()));
    run(List.of(a()));
    assertGoesOnLater();
  }

  @Test
  void theBytesAreReceived() {
    slow();
    settings = settings.with(ending(Optional.empty(), OptionalLong.of(40 * KIB)));
    run(List.of(a()));
    assertThat(report().bytes().downloaded()).isBetween(40L * KIB, PAYLOAD.size() - 1L);
    assertGoesOnLater();
  }

  @Test
  void nothingIsSentBeforeTheStart() {
    Instant start = Instant.now().plusSeconds(2);
    settings =
        settings.with(
            new Schedule(
                Optional.of(start),
                List.of(),
                ZoneOffset.UTC,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty()));
    completed(download(a()));
    assertThat(Instant.now()).isAfter(start);
    assertThat(watch.seen(TransferEvent.HoldBegan.class)).hasSize(1);
    assertThat(watch.seen(TransferEvent.HoldEnded.class)).hasSize(1);
    assertThat(report().pauses()).hasSize(1);
    assertThat(report().pauses().getFirst().reason()).isEqualTo("start_time");
    assertThat(report().pauses().getFirst().seconds()).isBetween(1.0, 3.0);
  }

  /** The window of a minute, twelve hours from now, on each day. */
  @Test
  void outsideOfItsWindowARunSendsNothingAndCanBeStopped() {
    LocalTime far = LocalTime.now(ZoneOffset.UTC).plusHours(12).withSecond(0).withNano(0);
    Window window = new Window(EnumSet.allOf(DayOfWeek.class), far, far.plusMinutes(1));
    settings =
        settings.with(
            new Schedule(
                Optional.empty(),
                List.of(window),
                ZoneOffset.UTC,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty()));
    steered(
        List.of(a()),
        run -> {
          watch.await(TransferEvent.HoldBegan.class, 1);
          run.resume();
          assertThat(run.progress().paused()).isTrue();
          run.stop();
        });
    assertThat(server.requests()).isEmpty();
    assertThat(watch.seen(TransferEvent.HoldBegan.class).getFirst().hold().why())
        .startsWith("outside of --window " + window + " until ");
    assertThat(report().exitCode()).isEqualTo(3);
  }

  @Test
  void withoutSpaceARunPauses() {
    settings =
        settings.with(
            new Schedule(
                Optional.empty(),
                List.of(),
                ZoneOffset.UTC,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.of(Long.MAX_VALUE / 2)));
    List<Download> files = List.of(a());
    steered(
        files,
        run -> {
          watch.await(TransferEvent.HoldBegan.class, 1);
          run.stop();
        });
    assertThat(server.requests()).isEmpty();
    assertThat(report().exitCode()).isEqualTo(3);
  }
}
