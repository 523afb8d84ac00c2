package dev.bulkdl.transfer;

import dev.bulkdl.control.Permits;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters of the origins of a run. A run can have a million origins: the first {@value
 * #REMEMBERED} keep their counters, later ones only while they have a connection. Thread-safe.
 */
final class Hosts {

  static final int REMEMBERED = 10_000;

  private final Map<Origin, HostProgress> hosts = new ConcurrentHashMap<>();

  /**
   * Counts a request that has got a connection to the origin, and returns the origin's counters.
   *
   * @param shared whether it shares the connection with other requests
   */
  HostProgress opened(Origin origin, boolean shared) {
    HostProgress opened =
        hosts.compute(
            origin,
            (same, known) -> {
              HostProgress host = known == null ? new HostProgress(same) : known;
              host.opened(shared);
              return host;
            });
    return Objects.requireNonNull(opened);
  }

  /** Counts a request that has its connection no more; {@code shared} is as it was. */
  void closed(HostProgress host, boolean shared) {
    hosts.computeIfPresent(
        host.origin(),
        (same, known) -> {
          known.closed(shared);
          boolean forgotten = known.requests() == 0 && hosts.size() > REMEMBERED;
          return forgotten ? null : known;
        });
  }

  /** Returns {@link HostProgress#served} of the origin; 0 if its counters are not kept. */
  long served(Origin origin) {
    return known(origin).served();
  }

  /** Returns the number of good responses of the origin; 0 if its counters are not kept. */
  long answers(Origin origin) {
    return known(origin).answers();
  }

  /**
   * Returns the origins that have a connection or a pause now, also one by the operator, sorted by
   * name.
   *
   * @param permits the permits of the run
   * @param holds the pause of each paused origin
   */
  List<HostSnapshot> snapshot(Permits permits, Map<Origin, Hold> holds) {
    Set<Origin> shown = new HashSet<>(holds.keySet());
    hosts.values().stream()
        .filter(host -> host.requests() > 0 || permits.allowances().isPaused(host.origin()))
        .forEach(host -> shown.add(host.origin()));
    return shown.stream()
        .sorted(Comparator.comparing(Origin::toString))
        .map(origin -> known(origin).snapshot(permits, hold(origin, permits, holds)))
        .toList();
  }

  /** The user's pause lasts until the user ends it, so it goes before one of the server. */
  private static Optional<Hold> hold(Origin origin, Permits permits, Map<Origin, Hold> holds) {
    return permits.allowances().hold(origin).or(() -> Optional.ofNullable(holds.get(origin)));
  }

  private HostProgress known(Origin origin) {
    HostProgress host = hosts.get(origin);
    return host == null ? new HostProgress(origin) : host;
  }
}
