package dev.bulkdl.page;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the curves of a run over time: throughput per host, connections, files per second. Not
 * thread-safe.
 */
final class Curves {
  /**
   * Progress is sampled four times a second, so the first two minutes keep their full resolution.
   */
  private static final int BUCKETS = 480;

  private static final Duration WIDTH = Duration.ofMillis(250);
  private static final int MOST_HOSTS = 64;
  private static final int HOSTS_SHOWN = 7;
  private static final String TOTAL = "total";
  private static final String CONNECTIONS = "connections";
  private static final String FILES = "files";
  private static final String OTHERS = "others";

  private final Timeline timeline = new Timeline(BUCKETS, WIDTH);
  private final Timeline hosts = new Timeline(BUCKETS, WIDTH);
  private final Map<Origin, HostBytes> byOrigin = new LinkedHashMap<>();
  private Duration then = Duration.ZERO;
  private long received;
  private long ended;

  /** One host's bytes per second in each bucket. */
  public record Line(String name, List<Long> bytesPerSecond) {}

  /**
   * The curves, one value per bucket.
   *
   * @param seconds the middle of each bucket, since the run began
   * @param hosts the hosts that delivered most, and one line for all others
   * @param connections the mean number of open connections
   * @param filesPerSecond files that ended, with any outcome
   */
  public record Drawn(
      List<Double> seconds,
      List<Long> bytesPerSecond,
      List<Line> hosts,
      List<Double> connections,
      List<Double> filesPerSecond) {}

  void add(RunProgress now) {
    double seconds = now.elapsed().minus(then).toNanos() / 1e9;
    timeline.add(TOTAL, then, now.elapsed(), (double) (now.received() - received));
    timeline.add(CONNECTIONS, then, now.elapsed(), now.connections() * seconds);
    timeline.add(FILES, then, now.elapsed(), (double) (now.ended() - ended));
    hosts.add(OTHERS, then, now.elapsed(), 0); // gives both timelines the same bucket width
    Map<Origin, HostSnapshot> inUse = new HashMap<>();
    now.hosts().forEach(host -> inUse.put(host.origin(), host));
    inUse.keySet().forEach(origin -> delivered(origin, 0));
    byOrigin.forEach(
        (origin, known) -> {
          long more = known.more(Optional.ofNullable(inUse.get(origin)));
          long atMost =
              Math.min(more, now.received() - received); // delivered bytes may have been discarded
          hosts.add(Texts.host(origin), then, now.elapsed(), (double) atMost);
        });
    then = now.elapsed();
    received = now.received();
    ended = now.ended();
  }

  /**
   * Counts bytes that an origin delivered. The origin may be out of use before the next progress
   * sample.
   */
  void delivered(Origin origin, long bytes) {
    if (byOrigin.size() < MOST_HOSTS || byOrigin.containsKey(origin)) {
      byOrigin.computeIfAbsent(origin, ignored -> new HostBytes()).delivered += bytes;
    }
  }

  /**
   * The bytes of one origin: what events reported, what progress reported, and what has been added
   * to the curve.
   */
  private static final class HostBytes {
    private long delivered;
    private long shown;
    private long added;
    private long addedUnseen;

    /**
     * Bytes since the last sample: from progress while the origin is in use, otherwise the
     * delivered bytes that were not added yet.
     */
    private long more(Optional<HostSnapshot> inUse) {
      long more = inUse.map(this::moreShown).orElse(Math.max(0, delivered - added));
      addedUnseen = inUse.isPresent() ? 0 : addedUnseen + more;
      added += more;
      return more;
    }

    /**
     * The growth of the count in progress. If the count decreased, it was reset and counts from 0.
     */
    private long moreShown(HostSnapshot now) {
      long before = shown;
      shown = now.received();
      return shown < before ? shown : Math.max(0, shown - before - addedUnseen);
    }
  }

  Drawn drawn() {
    List<Long> total = rounded(timeline.perSecond(TOTAL));
    return new Drawn(
        timeline.seconds().stream().map(second -> Math.round(second * 1000) / 1000.0).toList(),
        total,
        lines(total),
        tenths(timeline.perSecond(CONNECTIONS)),
        tenths(timeline.perSecond(FILES)));
  }

  /** Empty if there is only one host. */
  private List<Line> lines(List<Long> total) {
    List<Line> lines = new ArrayList<>();
    hosts.names().stream()
        .filter(name -> hosts.total(name) > 0)
        .sorted(Comparator.comparingDouble(hosts::total).reversed())
        .limit(HOSTS_SHOWN)
        .forEach(name -> lines.add(new Line(name, rounded(hosts.perSecond(name)))));
    Line others = others(total, lines);
    if (sum(others.bytesPerSecond()) > sum(total) / 50) {
      lines.add(others);
    }
    return lines.size() < 2 ? List.of() : lines;
  }

  private static Line others(List<Long> total, List<Line> shown) {
    List<Long> rest = new ArrayList<>(total);
    for (Line line : shown) {
      for (int i = 0; i < rest.size(); i++) {
        rest.set(i, Math.max(0, rest.get(i) - line.bytesPerSecond().get(i)));
      }
    }
    return new Line(OTHERS, rest);
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  private static List<Long> rounded(List<Double> values) {
    return values.stream().map(Math::round).toList();
  }

  private static List<Double> tenths(List<Double> values) {
    return values.stream().map(value -> Math.round(value * 10) / 10.0).toList();
  }
}
