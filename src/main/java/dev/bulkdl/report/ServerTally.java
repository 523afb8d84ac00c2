package dev.bulkdl.report;

import dev.bulkdl.event.TransferEvent.Delivered;
import dev.bulkdl.report.RunReport.Server;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the contents, bytes and delivery time of each origin. Thread-safe without a lock. */
final class ServerTally {
  private final OriginTable<Counters> servers = new OriginTable<>(Counters::new);

  void add(Delivered content) {
    Counters server = servers.of(content.origin());
    server.contents.increment();
    server.bytes.add(content.bytes());
    server.nanos.add(content.took().toNanos());
  }

  NavigableMap<String, Server> snapshot() {
    NavigableMap<String, Server> snapshot = new TreeMap<>();
    servers.forEach((name, server) -> snapshot.put(name, server.snapshot()));
    return snapshot;
  }

  private static final class Counters {
    private final LongAdder contents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    private Server snapshot() {
      double seconds = nanos.sum() / 1e9;
      long rate = seconds == 0 ? 0 : Math.round(bytes.sum() / seconds);
      return new Server(contents.sum(), bytes.sum(), seconds, rate);
    }
  }
}
