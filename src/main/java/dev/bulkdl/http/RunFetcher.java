package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Timeouts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client as one run sees it: with the run's timeouts, and a listener of its own. */
final class RunFetcher implements Fetcher {

  private final JettyClient client;
  private final Timeouts timeouts;
  private final WireListener wire;
  private final AtomicBoolean toldTls = new AtomicBoolean();

  RunFetcher(JettyClient client, Timeouts timeouts, WireListener wire) {
    this.client = client;
    this.timeouts = timeouts;
    this.wire = wire;
  }

  @Override
  public FetchResponse get(FetchRequest request, Cancellation cancellation) {
    return client.get(request, cancellation, timeouts, this);
  }

  /** A connection was opened for this run. */
  void connected(Duration took, boolean encrypted) {
    if (encrypted && !toldTls.get()) {
      client
          .tlsLibrary()
          .filter(name -> toldTls.compareAndSet(false, true))
          .ifPresent(wire::tlsBegan);
    }
    wire.connected(took);
  }

  /** An answer's content has ended. */
  void delivered(Origin origin, long bytes, Duration took) {
    wire.delivered(origin, bytes, took);
  }
}
