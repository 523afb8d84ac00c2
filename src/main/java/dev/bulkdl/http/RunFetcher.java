package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Timeouts;
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

  @Override
  public long sharesBelow(Origin origin) {
    return client.sharesBelow(origin);
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

  /** Records a response over a shared connection. */
  void sharedAnswered(Origin origin) {
    client.protocols().answered(origin);
  }

  /** Records a request over a shared connection that got no response. */
  void sharedFailed(Origin origin) {
    client.protocols().failed(origin);
  }

  /** Records that the server wants HTTP/1.1. */
  void sharesNoMore(Origin origin) {
    client.protocols().chosenHttp1(origin);
  }

  /** Reports that an origin allows no further request for this time. */
  void rationed(Origin origin, Duration pause) {
    wire.rationed(origin, pause);
  }

  /** Reports the end of a response's content. */
  void delivered(Origin origin, long bytes, Duration took) {
    wire.delivered(origin, bytes, took);
  }
}
