package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport.Host;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by origin, from any number of threads at once. A manifest may name as many origins as it
 * has rows, so those that come after the first {@value #MAX_HOSTS} are counted together as {@value
 * #OTHERS}.
 */
final class HostTally {

  static final int MAX_HOSTS = 10_000;
  static final String OTHERS = "others";

  private final ConcurrentHashMap<Origin, Counters> hosts = new ConcurrentHashMap<>();
  private final Counters others = new Counters();

  /** Counts an attempt that failed and is repeated. */
  void attemptFailed(Origin origin, Failure failure) {
    of(origin).failed(failure);
  }

  void fileEnded(Origin origin, Outcome outcome) {
    Counters host = of(origin);
    host.files.increment();
    host.bytes.add(outcome.effort().downloaded());
    if (outcome instanceof Outcome.Failed failed) {
      host.failed(failed.failure());
    }
  }

  /** The file is taken up again; that it failed remains an error of its origin. */
  void takeBack(Origin origin, Outcome.Failed failed) {
    Counters host = of(origin);
    host.files.decrement();
    host.bytes.add(-failed.effort().downloaded());
  }

  NavigableMap<String, Host> snapshot() {
    NavigableMap<String, Host> snapshot = new TreeMap<>();
    hosts.forEach((origin, host) -> snapshot.put(origin.toString(), host.snapshot()));
    if (others.files.sum() > 0 || others.errors.sum() > 0) {
      snapshot.put(OTHERS, others.snapshot());
    }
    return snapshot;
  }

  private Counters of(Origin origin) {
    Counters known = hosts.get(origin);
    if (known != null) {
      return known;
    }
    return hosts.mappingCount() < MAX_HOSTS
        ? hosts.computeIfAbsent(origin, ignored -> new Counters())
        : others;
  }

  private static final class Counters {

    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder throttled = new LongAdder();

    private void failed(Failure failure) {
      if (Causes.isRemote(failure)) {
        errors.increment();
      }
      if (failure instanceof Failure.Http http && http.isThrottle()) {
        throttled.increment();
      }
    }

    private Host snapshot() {
      return new Host(files.sum(), bytes.sum(), errors.sum(), throttled.sum());
    }
  }
}
