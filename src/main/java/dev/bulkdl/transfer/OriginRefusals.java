package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import dev.bulkdl.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The URLs of each origin that answered 503 with a time to wait, while the origin gave no good
 * response. A URL is forgotten when its own wait is over. Thread-safe.
 */
final class OriginRefusals {

  private final Ticker ticker;
  private final Map<Origin, Refused> origins = new ConcurrentHashMap<>();

  OriginRefusals(Ticker ticker) {
    this.ticker = ticker;
  }

  /**
   * @param answers the good responses of the origin before the first of these refusals
   * @param until the end of the wait of each URL
   */
  private record Refused(long answers, Map<URI, Long> until) {}

  /**
   * Records a refusal.
   *
   * @param wait the time that the origin asks for
   * @param answers the number of good responses of the origin so far
   * @return the number of different URLs that are refused now, without a good response in between
   */
  int add(Origin origin, URI url, Duration wait, long answers) {
    long now = ticker.nanos();
    origins.values().removeIf(refused -> isOver(refused, now));
    Refused refused =
        origins.compute(
            origin,
            (same, known) -> {
              Map<URI, Long> until = new HashMap<>();
              if (known != null && known.answers == answers) {
                until.putAll(known.until);
              }
              until.values().removeIf(end -> end - now <= 0);
              until.put(url, now + wait.toNanos());
              return new Refused(answers, until);
            });
    return refused.until.size();
  }

  private static boolean isOver(Refused refused, long now) {
    return refused.until.values().stream().allMatch(end -> end - now <= 0);
  }
}
