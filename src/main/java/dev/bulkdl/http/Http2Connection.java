package dev.bulkdl.http;

import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.model.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.RetryableRequestException;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.http2.HTTP2Channel;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.RetryableStreamException;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.transport.internal.HttpChannelOverHTTP2;
import org.eclipse.jetty.http2.client.transport.internal.HttpConnectionOverHTTP2;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 connection, which many requests use at the same time, each on a stream of its own. */
final class Http2Connection extends HttpConnectionOverHTTP2 {

  /** The connection has ended under a request, perhaps before the request had begun on it. */
  static final class Ended extends IOException {
    private static final long serialVersionUID = 1;
    private final Throwable why;

    Ended(Throwable why) {
      super(why);
      this.why = why;
    }

    Throwable why() {
      return why;
    }
  }

  private final long id;
  private final Instant opened = Instant.now();
  private final HTTP2Session session;
  private final AtomicReference<@Nullable Runnable> afterLast = new AtomicReference<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile int lastStream = Integer.MAX_VALUE;
  private final Set<HttpChannelOverHTTP2> channels = ConcurrentHashMap.newKeySet();

  /**
   * @param id unique among the connections of the client
   */
  Http2Connection(Destination destination, Session session, HTTP2Connection connection, long id) {
    super(destination, session, connection);
    this.id = id;
    this.session = (HTTP2Session) session;
  }

  @Override
  protected HttpChannelOverHTTP2 newHttpChannel() {
    return new Channel();
  }

  /**
   * Records that the server takes no further stream.
   *
   * @param last the last stream that it answers
   */
  void announcedEnd(int last) {
    lastStream = last;
  }

  @Override
  protected @Nullable HttpChannelOverHTTP2 acquireHttpChannel() {
    HttpChannelOverHTTP2 channel = afterLast.get() == null ? super.acquireHttpChannel() : null;
    if (channel != null) {
      channels.add(channel);
    }
    return channel;
  }

  @Override
  protected void release(HttpChannelOverHTTP2 channel) {
    channels.remove(channel);
    super.release(channel);
    endIfUnused();
  }

  /**
   * Closes the connection, after the requests in progress unless the client stops. Jetty's pool
   * counts a removed connection as unused too early, and would cut the last request after GOAWAY.
   */
  @Override
  public void close() {
    if (getHttpClient().isRunning()) {
      endAfterLast(super::close);
    } else {
      super.close();
    }
  }

  /**
   * Fails the requests whose content has not arrived, because the connection has ended. Jetty would
   * drop the content of the others too, if it has not been read yet.
   *
   * @param end called when the last request has ended
   */
  void failed(Throwable failure, Callback end) {
    retire();
    for (HttpChannelOverHTTP2 channel : channels) {
      HttpExchange exchange = channel.getHttpExchange();
      if (exchange != null && !channel.isLastDataReceived()) {
        JettyExchange.abort(exchange.getRequest(), new Ended(failure));
      }
    }
    endAfterLast(
        () -> {
          upwardClose();
          end.succeeded();
        });
  }

  private void endAfterLast(Runnable end) {
    afterLast.compareAndSet(null, end);
    endIfUnused();
  }

  private void endIfUnused() {
    Runnable end = afterLast.get();
    if (end != null && channels.isEmpty() && ended.compareAndSet(false, true)) {
      end.run();
    }
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

  /**
   * A stream. It takes its events on the thread that has read them: Jetty queues them on the
   * connection, and forgets the queue when the connection ends.
   */
  private final class Channel extends HttpChannelOverHTTP2 implements Stream.Listener {

    Channel() {
      super(Http2Connection.this, session);
    }

    @Override
    public Stream.Listener getStreamListener() {
      return this;
    }

    /**
     * Jetty fails the streams that GOAWAY excludes, but not one that is just being opened. Its
     * request would wait for ever.
     */
    @Override
    public void onNewStream(Stream stream) {
      setStream(stream);
      if (stream.getId() > lastStream) {
        getHttpDestination().getHttpClient().getExecutor().execute(this::exclude);
      }
    }

    private void exclude() {
      HttpExchange exchange = getHttpExchange();
      if (exchange != null) {
        JettyExchange.abort(
            exchange.getRequest(),
            new RetryableRequestException("the server takes no further request"));
      }
    }

    @Override
    public void onHeaders(Stream stream, HeadersFrame frame, Callback callback) {
      run(client(stream).onHeaders(stream, frame, callback));
    }

    @Override
    public void onDataAvailable(Stream stream, boolean dispatch) {
      run(client(stream).onDataAvailable());
    }

    @Override
    public void onReset(Stream stream, ResetFrame frame, Callback callback) {
      run(client(stream).onReset(frame, callback));
    }

    @Override
    public void onIdleTimeout(Stream stream, TimeoutException timeout, Promise<Boolean> promise) {
      run(client(stream).onTimeout(timeout, promise));
    }

    @Override
    public void onFailure(
        Stream stream, int error, String reason, Throwable failure, Callback callback) {
      boolean isExcluded = failure instanceof RetryableStreamException;
      run(
          client(stream)
              .onFailure(isExcluded ? new RetryableRequestException(failure) : failure, callback));
    }

    private static HTTP2Channel.Client client(Stream stream) {
      return (HTTP2Channel.Client) ((HTTP2Stream) stream).getAttachment();
    }

    private static void run(@Nullable Runnable task) {
      if (task != null) {
        task.run();
      }
    }
  }
}
