package dev.bulkdl.transfer;

import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The origins that the files of a run use. A run may know a million of them: the first {@value
 * #REMEMBERED} keep their counts, later ones only while they have a connection. Thread-safe.
 */
final class Hosts {

  static final int REMEMBERED = 10_000;

  private final Map<Origin, HostProgress> hosts = new ConcurrentHashMap<>();

  /** One more connection to the origin; its counters. */
  HostProgress opened(Origin origin) {
    HostProgress opened =
        hosts.compute(
            origin,
            (same, known) -> {
              HostProgress host = known == null ? new HostProgress(same) : known;
              host.connectionOpened();
              return host;
            });
    return Objects.requireNonNull(opened);
  }

  /** One connection less. */
  void closed(HostProgress host) {
    hosts.computeIfPresent(
        host.origin(),
        (same, known) -> {
          known.connectionClosed();
          boolean forgotten = known.connections() == 0 && hosts.size() > REMEMBERED;
          return forgotten ? null : known;
        });
  }

  /** What {@link HostProgress#served} says of the origin; 0 where it is not known any more. */
  long served(Origin origin) {
    return known(origin).served();
  }

  /**
   * The origins that have a connection or a pause now, sorted by name.
   *
   * @param pauses how much longer each paused origin is to be left alone
   */
  List<HostSnapshot> snapshot(Map<Origin, Duration> pauses) {
    Set<Origin> shown = new HashSet<>(pauses.keySet());
    hosts.values().stream()
        .filter(host -> host.connections() > 0)
        .forEach(host -> shown.add(host.origin()));
    return shown.stream()
        .sorted(Comparator.comparing(Origin::toString))
        .map(origin -> known(origin).snapshot(Optional.ofNullable(pauses.get(origin))))
        .toList();
  }

  private HostProgress known(Origin origin) {
    HostProgress host = hosts.get(origin);
    return host == null ? new HostProgress(origin) : host;
  }
}
