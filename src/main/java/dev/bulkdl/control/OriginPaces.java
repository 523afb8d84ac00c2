package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * What was found out about the origins of a run: how many connections to each pay. A run can have a
 * million origins, so the first {@value #MOST} are remembered; the others share one. Thread-safe.
 */
final class OriginPaces {

  static final int MOST = 10_000;

  private static final Origin OTHERS = new Origin("", "other", 0);

  private final ToIntFunction<Origin> ceiling;
  private final Ticker ticker;
  private final Map<Origin, OriginPace> paces = new ConcurrentHashMap<>();

  /**
   * @param ceiling returns the largest number of connections for a key of {@link OriginCeilings}
   */
  OriginPaces(ToIntFunction<Origin> ceiling, Ticker ticker) {
    this.ceiling = ceiling;
    this.ticker = ticker;
  }

  /**
   * Returns the pace of an origin.
   *
   * @param key what {@link OriginCeilings#key} has returned
   */
  OriginPace of(Origin key) {
    OriginPace known = paces.get(key);
    if (known != null) {
      return known;
    }
    Origin kept = paces.size() < MOST ? key : OTHERS;
    return paces.computeIfAbsent(
        kept, same -> new OriginPace(ticker.nanos(), ceiling.applyAsInt(key)));
  }

  /** Returns the number of connections that the origin can have now. */
  int allowed(Origin key) {
    return of(key).allowed(ceiling.applyAsInt(key));
  }

  int mostInUse(Origin key) {
    OriginPace pace = paces.get(key);
    return pace == null ? 0 : pace.mostInUse();
  }

  String reason(Origin key) {
    OriginPace pace = paces.get(key);
    return pace == null ? "" : pace.reason();
  }

  /** Applies changed ceilings. */
  void follow() {
    paces.forEach((key, pace) -> pace.limit(ceiling.applyAsInt(key)));
  }
}
