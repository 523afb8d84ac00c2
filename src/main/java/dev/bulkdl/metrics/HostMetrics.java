package dev.bulkdl.metrics;

import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Origin;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of each origin. A manifest may name a different origin in each row, so all origins
 * after the first {@value #MOST} share one label. Thread-safe.
 */
final class HostMetrics {

  static final int MOST = 100;

  private static final Origin OTHERS = new Origin("", "other", 0);

  private final InstantSource clock;
  private final MeterRegistry registry;
  private final Map<Origin, Host> hosts = new ConcurrentHashMap<>();

  HostMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.registry = registry;
  }

  /** Counts a response body that ended after this many bytes. */
  void delivered(Origin origin, long bytes) {
    host(origin).delivered.add(bytes);
  }

  /** Counts a failed attempt that will be repeated. */
  void retried(Origin origin) {
    host(origin).retries.increment();
  }

  /** Updates the gauges from a sample of the origins in use. For one thread. */
  void show(List<HostSnapshot> snapshots) {
    Map<Host, Use> now = new HashMap<>();
    for (HostSnapshot snapshot : snapshots) {
      Host host = host(snapshot.origin());
      host.seen(snapshot);
      now.merge(host, Use.of(snapshot, clock.instant()), Use::and);
    }
    hosts.values().forEach(host -> host.use = now.getOrDefault(host, Use.NONE));
  }

  private Host host(Origin origin) {
    Host known = hosts.get(origin);
    if (known != null) {
      return known;
    }
    return hosts.size() < MOST
        ? hosts.computeIfAbsent(origin, same -> register(new Host(true), same.toString()))
        : hosts.computeIfAbsent(OTHERS, same -> register(new Host(false), same.host()));
  }

  private Host register(Host host, String label) {
    counter("received", "Bytes that came from this origin.", host, Host::received)
        .tag("host", label)
        .baseUnit("bytes")
        .register(registry);
    counter("retries", "Attempts at this origin that were repeated.", host, Host::retries)
        .tag("host", label)
        .register(registry);
    gauge("connections", "Connections to this origin.", host, each -> each.use.connections())
        .tag("host", label)
        .register(registry);
    gauge(
            "connections.allowed",
            "Connections to this origin that pay, as far as measured.",
            host,
            each -> each.use.allowed())
        .tag("host", label)
        .register(registry);
    gauge("paused", "How much longer this origin is left alone.", host, Host::pausedSeconds)
        .tag("host", label)
        .baseUnit("seconds")
        .register(registry);
    return host;
  }

  private static FunctionCounter.Builder<Host> counter(
      String name, String description, Host host, ToDoubleFunction<Host> value) {
    return FunctionCounter.builder("bulkdl.host." + name, host, value).description(description);
  }

  private static Gauge.Builder<Host> gauge(
      String name, String description, Host host, ToDoubleFunction<Host> value) {
    return Gauge.builder("bulkdl.host." + name, host, value).description(description);
  }

  /** The current use of an origin. */
  private record Use(int connections, int allowed, Duration pause) {

    static final Use NONE = new Use(0, 0, Duration.ZERO);

    static Use of(HostSnapshot host, Instant now) {
      return new Use(host.connections(), host.allowed(), host.pausedFor(now).orElse(Duration.ZERO));
    }

    Use and(Use other) {
      Duration longer = pause.compareTo(other.pause) > 0 ? pause : other.pause;
      return new Use(connections + other.connections, allowed + other.allowed, longer);
    }
  }

  /** The metrics of one label. */
  private static final class Host {

    private final boolean single;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private volatile long seen;
    private volatile Use use = Use.NONE;

    /**
     * @param single true if the label stands for exactly one origin
     */
    Host(boolean single) {
      this.single = single;
    }

    void seen(HostSnapshot snapshot) {
      if (single) {
        seen = Math.max(seen, snapshot.received());
      }
    }

    /**
     * Bytes received. Ended contents are counted exactly. The last sample may be higher, because it
     * includes contents in progress.
     */
    double received() {
      return Math.max(delivered.sum(), seen);
    }

    double retries() {
      return retries.sum();
    }

    double pausedSeconds() {
      return use.pause().toMillis() / 1000.0;
    }
  }
}
