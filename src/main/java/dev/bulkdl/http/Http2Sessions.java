package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.HTTP2ClientConnectionFactory;
import org.eclipse.jetty.http2.client.transport.internal.HTTPSessionListenerPromise;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP/2 connections over TLS connections whose server has chosen HTTP/2. Made when the first
 * server does, so that other runs do not load these classes. Thread-safe.
 */
final class Http2Sessions {

  /**
   * The bytes of content that a server can send on one connection before they are read. Each
   * connection needs this memory when all its files wait for the disk, or for the end of a pause.
   */
  static final int CONNECTION_WINDOW = 8 << 20;

  /** The same for one stream. Few files on HTTP/2 are larger than this. */
  static final int STREAM_WINDOW = 1 << 20;

  /** A smaller buffer is held back less long by a file that is not read. */
  private static final int BUFFER = 32 << 10;

  /** The number of round trips that are measured. The first can take longer than the network. */
  private static final int PINGS = 3;

  private final HTTP2Client client = new HTTP2Client(new ClientConnector());
  private final HTTP2ClientConnectionFactory factory = new HTTP2ClientConnectionFactory();
  private final OriginProtocols protocols;
  private final AtomicLong ids;

  /**
   * @param http the client that has opened the connections
   * @param ids the source of the connections' ids
   */
  Http2Sessions(HttpClient http, OriginProtocols protocols, AtomicLong ids) {
    this.protocols = protocols;
    this.ids = ids;
    client.setExecutor(http.getExecutor());
    client.setScheduler(http.getScheduler());
    client.setByteBufferPool(http.getByteBufferPool());
    client.setInputBufferSize(BUFFER);
    client.setMaxResponseHeadersSize(http.getMaxResponseHeadersSize());
    client.setInitialSessionRecvWindow(CONNECTION_WINDOW);
    client.setInitialStreamRecvWindow(STREAM_WINDOW);
    client.setMaxConcurrentPushedStreams(0);
  }

  Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
    Listener listener = new Listener(context);
    context.put(HTTP2Client.CONTEXT_KEY, client);
    context.put(HTTP2Client.SESSION_LISTENER_CONTEXT_KEY, listener);
    context.put(HTTP2Client.SESSION_PROMISE_CONTEXT_KEY, listener);
    Connection made = factory.newConnection(endPoint, context);
    // It stops a session as soon as its connection ends, and that drops content not read yet.
    made.removeEventListener(client.getBean(SessionContainer.class));
    return made;
  }

  /** Follows the connection's events. */
  private final class Listener extends HTTPSessionListenerPromise {

    private volatile @Nullable Http2Connection connection;
    private final Origin origin;
    private long shortest = Long.MAX_VALUE;
    private int pings;

    Listener(Map<String, Object> context) {
      super(context);
      origin =
          MultiplexedPool.origin(
              (HttpDestination) Objects.requireNonNull(context.get(Destination.CONTEXT_KEY)));
    }

    private void ping(Session session) {
      session.ping(new PingFrame(System.nanoTime(), false), Callback.NOOP);
    }

    /**
     * Measures the round trip. A TCP connect would not do, because a proxy or a virtual machine can
     * accept the connection in place of the server.
     */
    @Override
    public void onPing(Session session, PingFrame frame) {
      if (!frame.isReply() || pings == PINGS) {
        return;
      }
      pings++;
      shortest = Math.min(shortest, System.nanoTime() - frame.getPayloadAsLong());
      if (pings < PINGS) {
        ping(session);
      } else {
        protocols.roundTrip(origin, Duration.ofNanos(shortest));
      }
    }

    /** The server's preface has arrived. */
    @Override
    protected org.eclipse.jetty.client.Connection newConnection(
        Destination destination, Session session, HTTP2Connection http2) {
      Http2Connection made =
          new Http2Connection(destination, session, http2, ids.incrementAndGet());
      connection = made;
      protocols.chosenHttp2(origin, Http2Connection.streams(session));
      ping(session);
      return made;
    }

    @Override
    public Map<Integer, Integer> onPreface(Session session) {
      return Map.of(SettingsFrame.ENABLE_PUSH, 0);
    }

    @Override
    public void onGoAway(Session session, GoAwayFrame frame) {
      Http2Connection made = connection;
      if (made != null && !frame.isGraceful()) {
        made.announcedEnd(frame.getLastStreamId());
      }
      super.onGoAway(session, frame);
    }

    @Override
    public void onFailure(Session session, Throwable failure, Callback callback) {
      Http2Connection made = connection;
      if (made == null) {
        super.onFailure(session, failure, callback);
      } else {
        made.failed(failure, callback);
      }
    }

    /** A request has limits of its own, so a connection in use is never idle. */
    @Override
    public boolean onIdleTimeout(Session session) {
      Http2Connection made = connection;
      return (made == null || !made.isInUse()) && super.onIdleTimeout(session);
    }
  }
}
