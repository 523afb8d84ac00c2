package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The URLs of each origin that were refused, while the origin served nothing. A URL is forgotten
 * when its own wait is over. Thread-safe.
 */
final class OriginRefusals {

  private final Ticker ticker;
  private final Map<Origin, Refused> origins = new ConcurrentHashMap<>();

  OriginRefusals(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * @param served what the origin had served before the first of these refusals
   * @param until the end of the wait of each URL
   */
  private record Refused(long served, Map<URI, Long> until) {}

  /**
   * Records a refusal.
   *
   * @param wait how long the URL counts
   * @param served a counter that grows with what the origin serves
   * @return the number of different URLs that are refused now, with nothing served in between
   */
  int add(Origin origin, URI url, Duration wait, long served) {
    long now = ticker.nanos();
    origins.values().removeIf(refused -> isOver(refused, now));
    Refused refused =
        origins.compute(
            origin,
            (same, known) -> {
              Map<URI, Long> until = new HashMap<>();
              if (known != null && known.served == served) {
                until.putAll(known.until);
              }
              until.values().removeIf(end -> end - now <= 0);
              until.put(url, now + wait.toNanos());
              return new Refused(served, until);
            });
    return refused.until.size();
  }

  private static boolean isOver(Refused refused, long now) {
    return refused.until.values().stream().allMatch(end -> end - now <= 0);
  }
}
