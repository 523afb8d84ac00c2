package dev.bulkdl.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 connections, and connections that requests share over HTTP/2. An origin has a pool for
 * each kind. Thread-safe.
 */
final class TwoProtocolTransport extends HttpClientTransportOverHTTP {

  /** The attribute of a request that goes over a shared connection. */
  static final String SHARED = "dev.bulkdl.shared";

  private static final org.eclipse.jetty.client.Origin.Protocol SHARED_PROTOCOL =
      new org.eclipse.jetty.client.Origin.Protocol(
          List.of(NegotiatedTls.HTTP_2, "http/1.1"), false);

  private final OriginProtocols protocols;
  private final JettyClient.Allowed allowed;
  private final AtomicLong connections = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Http2Sessions sessions;

  TwoProtocolTransport(
      ClientConnector connector, OriginProtocols protocols, JettyClient.Allowed allowed) {
    super(connector);
    this.protocols = protocols;
    this.allowed = allowed;
    setInvocationType(InvocationType.NON_BLOCKING); // the callbacks only wake threads
    setConnectionPoolFactory(this::pool);
  }

  private ConnectionPool pool(Destination to) {
    return isShared(to)
        ? new MultiplexedPool(to, protocols, allowed)
        : new BoundedConnectionPool(to, allowed);
  }

  private static boolean isShared(Destination destination) {
    return SHARED_PROTOCOL.equals(destination.getOrigin().getProtocol());
  }

  @Override
  public org.eclipse.jetty.client.Origin newOrigin(Request request) {
    if (!request.getAttributes().containsKey(SHARED)) {
      return super.newOrigin(request);
    }
    request.transport(Transport.TCP_IP);
    return getHttpClient().createOrigin(request, SHARED_PROTOCOL);
  }

  /** Whether a connection with this context asks for HTTP/2. */
  static boolean negotiates(Map<String, Object> context) {
    return context.get(Destination.CONTEXT_KEY) instanceof Destination destination
        && isShared(destination);
  }

  @Override
  public Connection newConnection(EndPoint endPoint, Map<String, Object> context)
      throws IOException {
    Object chosen = context.get(ClientConnector.APPLICATION_PROTOCOL_CONTEXT_KEY);
    if (NegotiatedTls.HTTP_2.equals(chosen)) {
      return sessions().newConnection(endPoint, context);
    }
    if (chosen != null && context.get(Destination.CONTEXT_KEY) instanceof HttpDestination to) {
      protocols.chosenHttp1(MultiplexedPool.origin(to));
    }
    return customize(
        new ReusableConnection(endPoint, context, connections.incrementAndGet()), context);
  }

  private Http2Sessions sessions() {
    Http2Sessions made = sessions;
    if (made != null) {
      return made;
    }
    lock.lock();
    try {
      if (sessions == null) {
        sessions = new Http2Sessions(getHttpClient(), protocols, connections);
      }
      return sessions;
    } finally {
      lock.unlock();
    }
  }
}
