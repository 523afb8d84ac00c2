package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent.Delivered;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport.Connections;
import dev.bulkdl.report.RunReport.Host;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Counts files, contents and errors by origin. Thread-safe without a lock. */
final class HostTally {
  private final OriginTable<Counters> hosts = new OriginTable<>(Counters::new);

  /** Counts a failed attempt that will be repeated. */
  void attemptFailed(Origin origin, Failure failure) {
    hosts.of(origin).failed(failure);
  }

  void fileEnded(Origin origin, Outcome outcome) {
    Counters host = hosts.of(origin);
    host.files.increment();
    if (outcome instanceof Outcome.Failed failed) {
      host.failed(failed.failure());
    }
  }

  /**
   * Subtracts a failed file that was requeued. Its failure remains counted as an error of the
   * origin.
   */
  void takeBack(Origin origin) {
    hosts.of(origin).files.decrement();
  }

  /** Counts a content that this origin sent. */
  void delivered(Delivered content) {
    Counters host = hosts.of(content.origin());
    host.contents.increment();
    host.bytes.add(content.bytes());
    host.nanos.add(content.took().toNanos());
  }

  /** Records for each origin how many connections paid. */
  void found(Function<Origin, Connections> connections) {
    hosts.forEachOrigin((origin, host) -> host.connections = connections.apply(origin));
  }

  NavigableMap<String, Host> snapshot() {
    NavigableMap<String, Host> snapshot = new TreeMap<>();
    hosts.forEach((name, host) -> snapshot.put(name, host.snapshot()));
    return snapshot;
  }

  private static final class Counters {

    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder contents = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private volatile Connections connections = Connections.NONE;

    private void failed(Failure failure) {
      if (FailureText.isRemote(failure)) {
        errors.increment();
      }
      if (failure instanceof Failure.Http http && http.isThrottle()) {
        throttled.increment();
      }
    }

    private Host snapshot() {
      double seconds = nanos.sum() / 1e9;
      return new Host(
          files.sum(),
          bytes.sum(),
          errors.sum(),
          throttled.sum(),
          contents.sum(),
          seconds,
          seconds == 0 ? 0 : Math.round(bytes.sum() / seconds),
          connections);
    }
  }
}
