package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Timeouts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client for one run: with the run's timeouts and listener. Thread-safe. */
final class RunFetcher implements Fetcher {

  private final JettyClient client;
  private final Timeouts timeouts;
  private final WireListener wire;
  private final AtomicBoolean isTlsReported = new AtomicBoolean();

  RunFetcher(JettyClient client, Timeouts timeouts, WireListener wire) {
    this.client = client;
    this.timeouts = timeouts;
    this.wire = wire;
  }

  @Override
  public FetchResponse get(FetchRequest request, Cancellation cancellation) {
    return client.get(request, cancellation, timeouts, this);
  }

  /** Reports a connection that was opened for this run. */
  void connected(Duration took, boolean encrypted) {
    if (encrypted && !isTlsReported.get()) {
      client
          .tlsLibrary()
          .filter(name -> isTlsReported.compareAndSet(false, true))
          .ifPresent(wire::tlsBegan);
    }
    wire.connected(took);
  }

  /** Reports the end of a response's content. */
  void delivered(Origin origin, long bytes, Duration took) {
    wire.delivered(origin, bytes, took);
  }
}
