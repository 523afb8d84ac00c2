package dev.bulkdl.serve.job;

import dev.bulkdl.model.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a job works.
 *
 * @param startAt not before
 * @param windows in these only; empty for always
 * @param zone the time zone of the windows
 */
public record JobSchedule(Optional<Instant> startAt, List<Window> windows, ZoneId zone) {

  /** At once and always. */
  public static final JobSchedule NONE =
      new JobSchedule(Optional.empty(), List.of(), ZoneOffset.UTC);

  public JobSchedule {
    windows = List.copyOf(windows);
  }

  /** Whether it may work at this time. */
  boolean allows(Instant now) {
    return next(now).isEmpty();
  }

  /** Returns when it may work next; empty if it may now. */
  Optional<Instant> next(Instant now) {
    Instant from = startAt.filter(now::isBefore).orElse(now);
    if (windows.isEmpty() || windows.stream().anyMatch(window -> window.contains(from, zone))) {
      return Optional.of(from).filter(now::isBefore);
    }
    return windows.stream()
        .map(window -> window.nextStart(from, zone))
        .min(Comparator.naturalOrder());
  }
}
