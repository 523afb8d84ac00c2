package dev.bulkdl.engine;

import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Schedule;
import dev.bulkdl.model.Window;
import dev.bulkdl.text.SizeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a schedule lets a run do at a moment. Pure: the caller tells the time. */
sealed interface ScheduleVerdict {

  /** It goes on when there is this much more free space than the least. */
  double ROOM_TO_GO_ON = 1.1;

  DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);
  DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /** It works. */
  record Work() implements ScheduleVerdict {}

  /** It pauses and goes on by itself. */
  record Pause(Hold.Reason reason, String why, Optional<Instant> until)
      implements ScheduleVerdict {}

  /** It ends; what is left can be downloaded later. */
  record End(String why) implements ScheduleVerdict {}

  /**
   * The state of a run.
   *
   * @param elapsed the time since its start
   * @param received the bytes that it has received
   * @param free the free space of the output folder in bytes; empty if unknown
   * @param paused whether it pauses because of its schedule
   */
  record State(Instant now, Duration elapsed, long received, OptionalLong free, boolean paused) {}

  /** Decides what a run does. */
  static ScheduleVerdict of(Schedule schedule, State run) {
    if (schedule.startAt().filter(run.now::isBefore).isPresent()) {
      Instant start = schedule.startAt().get();
      String why = "waits for --start-at " + shown(run.now, start, schedule.zone());
      return new Pause(Hold.Reason.START_TIME, why, Optional.of(start));
    }
    if (schedule.maxTime().filter(most -> worked(schedule, run).compareTo(most) >= 0).isPresent()) {
      return new End("the time of --max-time is over");
    }
    if (run.received >= schedule.maxBytes().orElse(Long.MAX_VALUE)) {
      return new End("the bytes of --max-bytes are received");
    }
    if (isOutside(schedule.windows(), run.now, schedule.zone())) {
      return outside(schedule, run.now);
    }
    return lacksSpace(schedule, run) ? full(schedule) : new Work();
  }

  /** The time before the start does not count. */
  private static Duration worked(Schedule schedule, State run) {
    return schedule
        .startAt()
        .map(start -> Duration.between(start, run.now))
        .filter(since -> since.compareTo(run.elapsed) < 0)
        .orElse(run.elapsed);
  }

  private static boolean isOutside(List<Window> windows, Instant now, ZoneId zone) {
    return !windows.isEmpty() && windows.stream().noneMatch(each -> each.contains(now, zone));
  }

  private static Pause outside(Schedule schedule, Instant now) {
    Instant next =
        schedule.windows().stream()
            .map(window -> window.nextStart(now, schedule.zone()))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    String windows =
        schedule.windows().stream().map(Window::toString).collect(Collectors.joining(", "));
    String why = "outside of --window " + windows + " until " + shown(now, next, schedule.zone());
    return new Pause(Hold.Reason.WINDOW, why, Optional.of(next));
  }

  private static boolean lacksSpace(Schedule schedule, State run) {
    if (schedule.minFreeSpace().isEmpty() || run.free.isEmpty()) {
      return false;
    }
    double needed = schedule.minFreeSpace().getAsLong() * (run.paused ? ROOM_TO_GO_ON : 1);
    return run.free.getAsLong() < needed;
  }

  private static Pause full(Schedule schedule) {
    String least = SizeText.of(schedule.minFreeSpace().orElseThrow());
    String why = "less free space than --min-free-space " + least + "; goes on when there is more";
    return new Pause(Hold.Reason.SPACE, why, Optional.empty());
  }

  private static String shown(Instant now, Instant at, ZoneId zone) {
    boolean isSoon = Duration.between(now, at).compareTo(Duration.ofDays(6)) < 0;
    return (isSoon ? TIME : DATE).format(at.atZone(zone));
  }
}
