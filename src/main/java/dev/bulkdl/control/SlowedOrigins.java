package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The origins that asked for fewer requests, and how many connections each may have: half as many
 * each time that it asks, and one more after {@value #ANSWERS_FOR_ONE_MORE} answers without that.
 * Thread-safe.
 */
final class SlowedOrigins {

  static final int ANSWERS_FOR_ONE_MORE = 10;

  /** Of more origins than these, the later ones keep their usual number. */
  static final int MOST = 10_000;

  private final Map<Origin, Allowance> slowed = new ConcurrentHashMap<>();

  /**
   * @param connections at least 1
   * @param answers since this number was set
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

  /** How many connections the origin may have, where it usually may have so many. */
  int allowed(Origin origin, int usual) {
    Allowance allowance = slowed.get(origin);
    return allowance == null ? usual : Math.min(usual, allowance.connections);
  }

  /**
   * The origin asks for fewer requests.
   *
   * @param used how many connections it has, or is about to have
   */
  void slowDown(Origin origin, int used) {
    if (slowed.size() < MOST || slowed.containsKey(origin)) {
      slowed.put(origin, new Allowance(Math.max(1, used / 2), 0));
    }
  }

  /** The origin answers. Once it may have the usual number again, it is forgotten. */
  void answered(Origin origin, int usual) {
    slowed.computeIfPresent(
        origin,
        (same, allowance) -> {
          Allowance next = allowance.answered();
          return next.connections >= usual ? null : next;
        });
  }
}
