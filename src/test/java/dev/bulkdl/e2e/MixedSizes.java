package dev.bulkdl.e2e;

import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Files from nothing to 200 MiB on a throttled server, and a manifest of them: with and without
 * size, hash, and validator. What cannot be proven the same is smaller than what a kill may cost.
 */
final class MixedSizes {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final long BYTES_PER_SECOND = 24L * MIB;
  private static final int SMALL_ONES = 24;

  private final FaultServer server;
  private final Random random;
  private final Map<String, Payload> payloads = new TreeMap<>();
  private final List<String> rows = new ArrayList<>(List.of("filename,url,size,sha256"));

  MixedSizes(FaultServer server, Random random) {
    this.server = server;
    this.random = random;
  }

  /** Serves one more file of each kind. */
  void add() {
    serve("empty", 0, false);
    serve("byte", 1, true);
    for (int i = 0; i < SMALL_ONES; i++) {
      serve("small", random.nextInt(700 * KIB), random.nextBoolean());
    }
    serve("unproven", 7 * MIB, false, new Fault.NoValidator());
    serve("dated", 12 * MIB, false, new Fault.OnlyLastModified());
    serve("hash-alone", 20 * MIB, true, new Fault.NoValidator());
    serve("split", 70 * MIB + 1, true);
    serve("large", 200 * MIB, false);
    serve("larger", 203 * MIB + 3, true);
  }

  private void serve(String kind, int size, boolean hashed, Fault... faults) {
    String name = payloads.size() + "-" + kind;
    String path = "/" + name;
    Payload payload = new Payload(payloads.size(), size);
    payloads.put(name, payload);
    server.serve(path, payload).always(path, new Fault.Throttle(BYTES_PER_SECOND));
    server.always(path, faults);
    String told = random.nextBoolean() ? Long.toString(payload.size()) : "";
    String hash = hashed ? payload.sha256() : "";
    rows.add(String.join(",", name, server.uri(path).toString(), told, hash));
  }

  Map<String, Payload> payloads() {
    return payloads;
  }

  /** The lines of the manifest. */
  List<String> rows() {
    return rows;
  }

  int count() {
    return payloads.size();
  }

  long bytes() {
    return payloads.values().stream().mapToLong(Payload::size).sum();
  }
}
