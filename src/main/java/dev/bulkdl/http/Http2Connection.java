package dev.bulkdl.http;

import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.model.Origin;
import java.time.Instant;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 connection, which many requests use at the same time, each on a stream of its own. */
final class Http2Connection extends HttpConnectionOverHTTP2 {

  private final long id;
  private final Instant opened = Instant.now();
  private final HTTP2Session session;

  /**
   * @param id unique among the connections of the client
   */
  Http2Connection(Destination destination, Session session, HTTP2Connection connection, long id) {
    super(destination, session, connection);
    this.id = id;
    this.session = (HTTP2Session) session;
  }

  /** Returns what people see of this connection. */
  ConnectionInfo info(Origin origin) {
    return new ConnectionInfo(id, origin, "HTTP/2", opened);
  }

  /** Returns the number of streams that can be open now: ours, or the server's if that is lower. */
  @Override
  public int getMaxMultiplex() {
    return streams(session);
  }

  /** Returns the number of streams that can be open at the same time. */
  static int streams(Session session) {
    int allowed = ((HTTP2Session) session).getMaxLocalStreams();
    return allowed < 0 ? MultiplexedPool.STREAMS : Math.min(allowed, MultiplexedPool.STREAMS);
  }

  /** Returns the end point below TLS. */
  @Nullable ResetAwareEndPoint socket() {
    EndPoint endPoint = session.getEndPoint();
    return endPoint instanceof SslConnection.SslEndPoint tls
            && tls.getSslConnection().getEndPoint() instanceof ResetAwareEndPoint aware
        ? aware
        : null;
  }

  /**
   * Takes no further request, because one has waited in vain: the network can be broken without a
   * sign. Requests in progress go on, each until its own limit.
   */
  void retire() {
    getHttpDestination().remove(this);
  }

  /** Whether a request is in progress. Only an unused connection is closed when it is idle. */
  boolean isInUse() {
    return !session.getStreams().isEmpty();
  }
}
