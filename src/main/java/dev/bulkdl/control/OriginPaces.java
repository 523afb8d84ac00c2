package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found out about the origins of a run: how many connections to each pay. A run can have a
 * million origins, so the first {@value #MOST} are remembered; the others share one. Thread-safe.
 */
final class OriginPaces {

  static final int MOST = 10_000;

  private static final Origin OTHERS = new Origin("", "other", 0);

  private final HostRules rules;
  private final Ticker ticker;
  private final Map<Origin, OriginPace> paces = new ConcurrentHashMap<>();

  OriginPaces(HostRules rules, Ticker ticker) {
    this.rules = rules;
    this.ticker = ticker;
  }

  /** Returns the key under which the connections to this origin are counted. */
  Origin key(Origin origin) {
    return rules.key(origin);
  }

  /**
   * Returns the pace of an origin.
   *
   * @param key what {@link #key} has returned
   * @param ceiling the largest number of connections for each origin
   */
  OriginPace of(Origin key, int ceiling) {
    OriginPace known = paces.get(key);
    if (known != null) {
      return known;
    }
    Origin kept = paces.size() < MOST ? key : OTHERS;
    return paces.computeIfAbsent(
        kept, same -> new OriginPace(ticker.nanos(), Math.min(ceiling, rules.connections(key))));
  }

  /** Returns the number of connections that the origin can have now. */
  int allowed(Origin key, int ceiling) {
    return of(key, ceiling).allowed(ceiling);
  }

  boolean isRefusedBy403(Origin origin) {
    return rules.of(origin).map(HostRules.HostRule::forbidden).orElse(false);
  }

  int mostInUse(Origin key) {
    OriginPace pace = paces.get(key);
    return pace == null ? 0 : pace.mostInUse();
  }

  String reason(Origin key) {
    OriginPace pace = paces.get(key);
    return pace == null ? "" : pace.reason();
  }

  /** Changes the largest number of connections for each origin. */
  void limit(int ceiling) {
    paces.forEach((key, pace) -> pace.limit(Math.min(ceiling, rules.connections(key))));
  }
}
