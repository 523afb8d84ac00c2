package dev.bulkdl.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/** When the clocks of a zone show a time. Pure. */
public final class LocalClock {

  private LocalClock() {}

  /**
   * Returns when the clocks first show this time or a later one. A time that is left out when the
   * clocks go forward is that moment.
   */
  public static Instant first(LocalDateTime local, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    return offsets.isEmpty()
        ? rules.getTransition(local).getInstant()
        : local.toInstant(offsets.getFirst());
  }
}
