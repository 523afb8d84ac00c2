package dev.bulkdl.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When a run works, and when it ends.
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

  public Schedule {
    windows = List.copyOf(windows);
  }

  public boolean isEmpty() {
    return startAt.isEmpty()
        && windows.isEmpty()
        && maxTime.isEmpty()
        && maxBytes.isEmpty()
        && minFreeSpace.isEmpty();
  }

  /** Returns the same times in another zone. */
  public Schedule in(ZoneId other) {
    return new Schedule(startAt, windows, other, maxTime, maxBytes, minFreeSpace);
  }

  public Schedule withStartAt(Instant start) {
    return new Schedule(Optional.of(start), windows, zone, maxTime, maxBytes, minFreeSpace);
  }

  public Schedule withWindows(List<Window> others) {
    return new Schedule(startAt, others, zone, maxTime, maxBytes, minFreeSpace);
  }

  public Schedule withMaxTime(Duration most) {
    return new Schedule(startAt, windows, zone, Optional.of(most), maxBytes, minFreeSpace);
  }

  public Schedule withMaxBytes(long most) {
    return new Schedule(startAt, windows, zone, maxTime, OptionalLong.of(most), minFreeSpace);
  }

  public Schedule withMinFreeSpace(long bytes) {
    return new Schedule(startAt, windows, zone, maxTime, maxBytes, OptionalLong.of(bytes));
  }
}
