package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The origins that asked for fewer requests, and the number of connections that each can have. Each
 * such request halves the number. After {@value #ANSWERS_FOR_ONE_MORE} responses without such a
 * request it grows by one. Thread-safe.
 */
final class SlowedOrigins {

  static final int ANSWERS_FOR_ONE_MORE = 10;

  /**
   * The maximum number of origins that are recorded. Any further origin keeps its usual number of
   * connections.
   */
  static final int MOST = 10_000;

  private final Map<Origin, Allowance> slowed = new ConcurrentHashMap<>();

  /**
   * @param connections at least 1
   * @param answers the number of good responses after {@code connections} was set
   */
  private record Allowance(int connections, int answers) {

    Allowance answered() {
      return answers + 1 < ANSWERS_FOR_ONE_MORE
          ? new Allowance(connections, answers + 1)
          : new Allowance(connections + 1, 0);
    }
  }

  boolean isEmpty() {
    return slowed.isEmpty();
  }

  /** Returns the number of connections that the origin can have, at most {@code usual}. */
  int allowed(Origin origin, int usual) {
    Allowance allowance = slowed.get(origin);
    return allowance == null ? usual : Math.min(usual, allowance.connections);
  }

  /**
   * Records that the origin asked for fewer requests.
   *
   * @param used the number of connections that it has or is about to have
   */
  void slowDown(Origin origin, int used) {
    if (slowed.size() < MOST || slowed.containsKey(origin)) {
      slowed.put(origin, new Allowance(Math.max(1, used / 2), 0));
    }
  }

  /** Records a good response. The origin is removed when it reaches the usual number again. */
  void answered(Origin origin, int usual) {
    slowed.computeIfPresent(
        origin,
        (same, allowance) -> {
          Allowance next = allowance.answered();
          return next.connections >= usual ? null : next;
        });
  }
}
