package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.MultiplexConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.util.ConcurrentPool;
import org.eclipse.jetty.util.Pool;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one origin that requests share over HTTP/2. The first one asks the server for
 * HTTP/2; no other is opened before it has answered. If the server chooses HTTP/1.1, that
 * connection serves one request, and the waiting requests fail with {@link Unshared}. Thread-safe.
 */
final class MultiplexedPool extends MultiplexConnectionPool {

  /** The largest number of streams on a connection. */
  static final int STREAMS = 64;

  /** With this number of streams on each connection, the next of the permitted ones is opened. */
  private static final int STREAMS_BEFORE_NEXT = 16;

  /** More connections than this are never opened. */
  private static final int MOST = 64;

  /** The request was not sent: the origin has no connections to share. */
  static final class Unshared extends IOException {
    private static final long serialVersionUID = 1;

    Unshared() {
      super("the origin is used by HTTP/1.1 only");
    }
  }

  private final HttpDestination destination;
  private final Origin origin;
  private final OriginProtocols protocols;
  private final JettyClient.Allowed allowed;
  private final ReentrantLock opening = new ReentrantLock();

  /**
   * @param allowed the present limits of connections
   */
  MultiplexedPool(Destination destination, OriginProtocols protocols, JettyClient.Allowed allowed) {
    super(destination, connections(destination, allowed), STREAMS_BEFORE_NEXT);
    this.destination = (HttpDestination) destination;
    this.origin = origin(this.destination);
    this.protocols = protocols;
    this.allowed = allowed;
  }

  private static Pool.Factory<Connection> connections(
      Destination destination, JettyClient.Allowed allowed) {
    Origin origin = origin((HttpDestination) destination);
    return () ->
        new ConcurrentPool<>(
            ConcurrentPool.StrategyType.ROUND_ROBIN,
            MOST,
            connection ->
                connection instanceof Http2Connection http2
                    ? Math.min(
                        http2.getMaxMultiplex(),
                        most(destination, allowed.shared().applyAsInt(origin)))
                    : 1);
  }

  /** Returns the number of streams on each connection above which a request waits for another. */
  private static int most(Destination destination, int permitted) {
    return destination.getConnectionPool() instanceof MultiplexedPool pool
            && pool.getConnectionCount() < permitted
        ? STREAMS_BEFORE_NEXT
        : STREAMS;
  }

  static Origin origin(HttpDestination destination) {
    return new Origin(destination.getScheme(), destination.getHost(), destination.getPort());
  }

  @Override
  public @Nullable Connection acquire(boolean create) {
    Connection found = activate();
    if (found == null && !protocols.mayShare(origin)) {
      sendBack();
      return null;
    }
    return found == null ? super.acquire(create) : found;
  }

  private void sendBack() {
    for (HttpExchange waiting : List.copyOf(destination.getHttpExchanges())) {
      JettyExchange.abort(waiting.getRequest(), new Unshared());
    }
  }

  @Override
  protected void tryCreate(boolean create) {
    opening.lock();
    try {
      int limit = protocols.isHttp2(origin) ? allowed.shared().applyAsInt(origin) : 1;
      if (getConnectionCount() < Math.max(1, limit)) {
        makeRoom();
        super.tryCreate(false);
      }
    } finally {
      opening.unlock();
    }
  }

  /** Closes an idle connection of HTTP/1.1 if the origin would have more than its limit. */
  private void makeRoom() {
    for (Destination other : destination.getHttpClient().getDestinations()) {
      if (other.getConnectionPool() instanceof BoundedConnectionPool own
          && origin.equals(origin((HttpDestination) other))
          && own.getConnectionCount() + getConnectionCount() >= allowed.perOrigin().getAsInt()) {
        own.closeIdle();
      }
    }
  }

  /** Does not keep a connection of HTTP/1.1, which no later request would use. */
  @Override
  public boolean release(Connection connection) {
    return super.release(connection) && connection instanceof Http2Connection;
  }
}
