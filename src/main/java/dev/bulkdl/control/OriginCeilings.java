package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.HostRules.Shared;
import dev.bulkdl.settings.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The largest number of connections to each origin: the limit for each origin, or what the rule of
 * its host says. The origins of one rule are counted together, under one key. Thread-safe.
 */
final class OriginCeilings {

  /** The keys of this many origins are remembered, because each buffer asks. */
  private static final int REMEMBERED = 10_000;

  private final HostRules rules;
  private final HostRules usersRules;
  private final int usual;
  private final int most;
  private final Map<Origin, Origin> keys = new ConcurrentHashMap<>();
  private final Map<Origin, Ruled> ruled = new ConcurrentHashMap<>();

  /**
   * The number of a rule.
   *
   * @param given whether it is the user's; one that is shipped only lowers the usual number
   */
  private record Ruled(int connections, boolean given) {}

  /** Where the limits are held as they are, only the user's own rules count. */
  OriginCeilings(Limits limits) {
    this.rules = limits.adaptive() ? limits.hosts() : limits.hosts().withoutShipped();
    this.usual = limits.maxPerHost();
    this.usersRules = rules.withoutShipped();
    this.most =
        usersRules.given().stream()
            .flatMap(rule -> rule.connections().stream())
            .mapToInt(value -> value.value())
            .max()
            .orElse(0);
  }

  /** Returns the key under which the connections to this origin are counted. */
  Origin key(Origin origin) {
    Origin known = keys.get(origin);
    if (known != null) {
      return known;
    }
    Origin key = rules.connections(origin.host()).map(rule -> key(origin, rule)).orElse(origin);
    if (keys.size() < REMEMBERED) {
      keys.put(origin, key);
    }
    return key;
  }

  private Origin key(Origin origin, Shared<Integer> rule) {
    Origin key = new Origin("", rule.group(), 0);
    Optional<Shared<Integer>> users = usersRules.connections(origin.host());
    ruled.putIfAbsent(key, new Ruled(rule.value(), users.isPresent()));
    return key;
  }

  /**
   * Returns the largest number of connections.
   *
   * @param key what {@link #key} has returned
   */
  int of(Origin key, ConnectionLimits limits) {
    Ruled rule = ruled.get(key);
    if (rule == null) {
      return limits.perOrigin();
    }
    return rule.given && !isOperators(limits)
        ? Math.min(rule.connections, limits.inAll())
        : Math.min(rule.connections, limits.perOrigin());
  }

  /** While the run lasts, the operator's number goes before those of rules that are larger. */
  private boolean isOperators(ConnectionLimits limits) {
    return limits.perOrigin() != usual;
  }

  /** Returns the largest number of connections to any origin. */
  int largest(ConnectionLimits limits) {
    int each = limits.allowed(1);
    return isOperators(limits) ? each : Math.max(each, Math.min(most, limits.inAll()));
  }
}
