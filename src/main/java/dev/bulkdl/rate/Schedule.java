package dev.bulkdl.rate;

import dev.bulkdl.text.SizeText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * When a run works, and when it ends. Pure: the caller tells the time.
 *
 * @param startAt no request goes out before
 * @param windows it works in these only; empty for always
 * @param zone the time zone of the windows, in which times are shown too
 * @param maxTime it ends after this time
 * @param maxBytes it ends when it has received so much
 * @param minFreeSpace it pauses while the output folder has less free space, in bytes
 */
public record Schedule(
    Optional<Instant> startAt,
    List<Window> windows,
    ZoneId zone,
    Optional<Duration> maxTime,
    OptionalLong maxBytes,
    OptionalLong minFreeSpace) {

  /** It works at once and ends when all is done. */
  public static final Schedule NONE =
      new Schedule(
          Optional.empty(),
          List.of(),
          ZoneOffset.UTC,
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  /** It goes on when there is this much more free space than the least. */
  private static final double ROOM_TO_GO_ON = 1.1;

  public Schedule {
    windows = List.copyOf(windows);
  }

  /** What a run does now. */
  public sealed interface Verdict {}

  /** It works. */
  public record Work() implements Verdict {}

  /** It pauses and goes on by itself. */
  public record Pause(String why) implements Verdict {}

  /** It ends; what is left can be downloaded later. */
  public record End(String why) implements Verdict {}

  /**
   * The state of a run.
   *
   * @param elapsed the time since its start
   * @param received the bytes that it has received
   * @param free the free space of the output folder in bytes; empty if unknown
   * @param paused whether it pauses because of this schedule
   */
  public record State(
      Instant now, Duration elapsed, long received, OptionalLong free, boolean paused) {}

  public boolean isEmpty() {
    return startAt.isEmpty()
        && windows.isEmpty()
        && maxTime.isEmpty()
        && maxBytes.isEmpty()
        && minFreeSpace.isEmpty();
  }

  /** Decides what a run does. */
  public Verdict decide(State run) {
    if (startAt.isPresent() && run.now.isBefore(startAt.get())) {
      return new Pause("waits for --start-at " + shown(run.now, startAt.get()));
    }
    if (maxTime.isPresent() && worked(run).compareTo(maxTime.get()) >= 0) {
      return new End("the time of --max-time is over");
    }
    if (maxBytes.isPresent() && run.received >= maxBytes.getAsLong()) {
      return new End("the bytes of --max-bytes are received");
    }
    if (!windows.isEmpty() && windows.stream().noneMatch(each -> each.contains(run.now, zone))) {
      return new Pause(
          "outside of --window "
              + windows.stream().map(Window::toString).collect(Collectors.joining(", "))
              + " until "
              + shown(run.now, nextWindow(run.now)));
    }
    return lacksSpace(run)
        ? new Pause(
            "less free space than --min-free-space "
                + SizeText.of(minFreeSpace.orElseThrow())
                + "; goes on when there is more")
        : new Work();
  }

  /** The time before the start does not count. */
  private Duration worked(State run) {
    return startAt
        .map(start -> Duration.between(start, run.now))
        .filter(since -> since.compareTo(run.elapsed) < 0)
        .orElse(run.elapsed);
  }

  private Instant nextWindow(Instant now) {
    return windows.stream()
        .map(window -> window.nextStart(now, zone))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private boolean lacksSpace(State run) {
    if (minFreeSpace.isEmpty() || run.free.isEmpty()) {
      return false;
    }
    double needed = minFreeSpace.getAsLong() * (run.paused ? ROOM_TO_GO_ON : 1);
    return run.free.getAsLong() < needed;
  }

  private String shown(Instant now, Instant at) {
    boolean isSoon = Duration.between(now, at).compareTo(Duration.ofDays(6)) < 0;
    return (isSoon ? TIME : DATE).format(at.atZone(zone));
  }
}
