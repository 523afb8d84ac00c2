package dev.bulkdl.report;

import dev.bulkdl.model.Hold;
import dev.bulkdl.report.RunReport.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts how often and how long a run has paused, by reason. Thread-safe. */
final class PauseTally {

  private final InstantSource clock;
  private final Map<Hold.Reason, Total> totals = new EnumMap<>(Hold.Reason.class);

  PauseTally(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Total {
    private long times;
    private Duration over = Duration.ZERO;
    private String why = "";
    private Optional<Hold> present = Optional.empty();

    private void end(Instant now) {
      over = duration(now);
      present = Optional.empty();
    }

    private Duration duration(Instant now) {
      return present
          .map(hold -> Duration.between(hold.since(), now))
          .filter(Duration::isPositive)
          .map(over::plus)
          .orElse(over);
    }
  }

  synchronized void began(Hold hold) {
    Total total = totals.computeIfAbsent(hold.reason(), ignored -> new Total());
    total.times += total.present.isPresent() ? 0 : 1; // else only its details have changed
    total.end(clock.instant());
    total.why = hold.why();
    total.present = Optional.of(hold);
  }

  synchronized void ended(Hold hold) {
    Total total = totals.get(hold.reason());
    if (total != null) {
      total.end(clock.instant());
    }
  }

  /** Returns the reasons for which the run has paused. */
  synchronized List<Pause> pauses() {
    Instant now = clock.instant();
    return totals.entrySet().stream()
        .map(each -> pause(each.getKey(), each.getValue(), now))
        .toList();
  }

  private static Pause pause(Hold.Reason reason, Total total, Instant now) {
    return new Pause(
        reason.name().toLowerCase(Locale.ROOT),
        total.why,
        total.times,
        total.duration(now).toMillis() / 1000.0,
        total.present.map(Hold::since),
        total.present.flatMap(Hold::until),
        total.present.map(hold -> hold.reason().nextStep()));
  }
}
