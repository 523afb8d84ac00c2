package dev.bulkdl.http;

import dev.bulkdl.model.ConnectionInfo;
import dev.bulkdl.model.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpSenderOverHTTP;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection, and the rule when it may serve another request. It is the same rule for a
 * plain connection, one over TLS, one to a proxy and one through a tunnel. A connection is used
 * again only if all of this holds:
 *
 * <ol>
 *   <li>The last answer ended exactly. Not one byte came behind its end.
 *   <li>Only one thing said where that answer ended. After Transfer-Encoding together with
 *       Content-Length, or in HTTP/1.0, the connection is closed (RFC 9112 §6.1, §6.3).
 *   <li>Neither side has said that it closes. Jetty looks after that.
 *   <li>Nothing waits to be read when the next request is sent, neither bytes nor an end. The
 *       thread that sends looks with one read that does not block, directly before it writes. In
 *       between requests the selector's thread looks as soon as something comes.
 *   <li>No other connection to the same origin has brought bytes in surplus, as far as the pool
 *       remembers.
 * </ol>
 *
 * <p>Any other connection is closed, and its next request goes over another one. So an answer that
 * began to arrive before its request was written is never taken. If well-formed surplus arrives
 * afterwards, no client of HTTP/1.1 can tell it from the answer. The last point of the rule keeps
 * that from happening again and again.
 *
 * <p>Why bulkdl does this: Jetty's client (12.1.14) drops what its buffer holds behind an answer
 * and keeps the connection. And it gives the connection to the next request before it reads on, so
 * that what lies in the socket becomes the next answer. {@code BareJettyTest} tells when a newer
 * Jetty no longer does that.
 *
 * <p>Cost: none. The look before a request replaces the read that Jetty makes after each answer,
 * which here is left to the selector.
 */
final class ReusableConnection extends HttpConnectionOverHTTP {

  /** A request that asks for a connection which has served none before. */
  static final String NEW_ONLY = "dev.bulkdl.newConnection";

  /** The request was not sent, because the connection must not be used again. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
      super(why);
    }
  }

  private enum State {
    /** TLS before its first request: a read would be part of the handshake. */
    SECURE_AND_NEW,
    /** No request is under way, and whatever comes is in surplus. */
    WAITING,
    /** One thread reads to see whether something has come. */
    LOOKING,
    /** A request is on its way, and what comes is its answer. */
    TAKEN,
    /** It is closed, or is being closed. */
    SPENT
  }

  private final long id;
  private final Instant opened = Instant.now();
  private final AtomicReference<State> state;
  private volatile boolean surplus;

  /**
   * @param id unique among the connections of the client
   */
  ReusableConnection(EndPoint endPoint, Map<String, Object> context, long id) {
    super(endPoint, context);
    this.id = id;
    this.state =
        new AtomicReference<>(
            endPoint instanceof SslConnection.SslEndPoint ? State.SECURE_AND_NEW : State.WAITING);
  }

  /** Returns what people see of this connection. */
  ConnectionInfo info(Origin origin, String protocol) {
    return new ConnectionInfo(id, origin, protocol, opened);
  }

  /** Whether bytes came that belong to no answer. */
  boolean hasSurplus() {
    return surplus;
  }

  private void foundSurplus() {
    surplus = true;
    pool().ifPresent(BoundedConnectionPool::distrust);
  }

  private boolean isDistrusted() {
    return pool().filter(BoundedConnectionPool::isDistrusted).isPresent();
  }

  private Optional<BoundedConnectionPool> pool() {
    return getHttpDestination().getConnectionPool() instanceof BoundedConnectionPool pool
        ? Optional.of(pool)
        : Optional.empty();
  }

  /** Whether it has served a request before the current one. */
  boolean isUsed() {
    return getMessagesOut() > 1;
  }

  @Override
  protected HttpChannelOverHTTP newHttpChannel() {
    return new Channel();
  }

  /**
   * Makes the connection ready for the request that is about to be written.
   *
   * @return why that cannot be; null if it is ready
   */
  private @Nullable IOException take(Request request) {
    if (isUsed() && request.getAttributes().containsKey(NEW_ONLY)) {
      return new Unusable("a new connection is wanted");
    }
    if (isUsed() && isDistrusted()) {
      return new Unusable("the server has sent bytes behind an answer");
    }
    if (state.compareAndSet(State.SECURE_AND_NEW, State.TAKEN)) {
      return null;
    }
    if (!state.compareAndSet(State.WAITING, State.LOOKING)) {
      return new Unusable("something has come meanwhile");
    }
    IOException why = look();
    state.set(why == null ? State.TAKEN : State.SPENT);
    return why;
  }

  /** Reads without waiting; returns null if there was nothing, else why the connection is spent. */
  private @Nullable IOException look() {
    ByteBuffer one = BufferUtil.allocate(1);
    try {
      int found = getEndPoint().fill(one);
      if (found > 0) {
        foundSurplus();
      }
      return switch (Integer.signum(found)) {
        case 0 -> null;
        case 1 ->
            isUsed()
                ? new Unusable("bytes came behind the end of an answer")
                : new IOException("the server spoke before it was asked");
        default -> isUsed() ? new Unusable("the server has closed") : new EOFException();
      };
    } catch (IOException e) {
      return isUsed() ? new Unusable("it is broken: " + e.getMessage()) : e;
    }
  }

  @Override
  public void onFillable() {
    if (state.compareAndSet(State.WAITING, State.LOOKING)) {
      watch();
      return;
    }
    switch (Objects.requireNonNull(state.get())) {
      case SECURE_AND_NEW, TAKEN -> super.onFillable();
      case WAITING, LOOKING -> fillInterested(); // a sender looks, and may leave it to us
      case SPENT -> {}
    }
  }

  /** TLS may bring what is no byte of HTTP, such as a session ticket. */
  private void watch() {
    IOException why = look();
    if (why == null) {
      state.set(State.WAITING);
      fillInterested();
    } else {
      state.set(State.SPENT);
      close(why);
    }
  }

  /** A tunnel begins with nothing: its server does not speak before the TLS handshake. */
  @Override
  public @Nullable ByteBuffer onUpgradeFrom() {
    ByteBuffer rest = super.onUpgradeFrom();
    if (BufferUtil.hasContent(rest)) {
      throw new UncheckedIOException(
          new IOException("bytes came behind the proxy's answer to CONNECT"));
    }
    return rest;
  }

  private void answered(Response response) {
    boolean exact = !surplus && !isFramedAmbiguously(response);
    state.set(exact ? State.WAITING : State.SPENT);
  }

  private static boolean isFramedAmbiguously(Response response) {
    return response.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        && (response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
            || response.getVersion().compareTo(HttpVersion.HTTP_1_1) < 0);
  }

  @Override
  public void release() {
    if (state.get() == State.SPENT || isDistrusted()) {
      close();
    } else {
      super.release();
    }
  }

  private final class Channel extends HttpChannelOverHTTP {

    Channel() {
      super(ReusableConnection.this);
    }

    @Override
    protected HttpSenderOverHTTP newHttpSender() {
      return new Sender(this);
    }

    @Override
    protected HttpReceiverOverHTTP newHttpReceiver() {
      return new Receiver(this);
    }
  }

  private final class Sender extends HttpSenderOverHTTP {

    Sender(HttpChannelOverHTTP channel) {
      super(channel);
    }

    @Override
    protected void sendHeaders(
        HttpExchange exchange, ByteBuffer content, boolean last, Callback callback) {
      IOException why = take(exchange.getRequest());
      if (why == null) {
        super.sendHeaders(exchange, content, last, callback);
      } else {
        callback.failed(why);
      }
    }
  }

  private final class Receiver extends HttpReceiverOverHTTP {

    Receiver(HttpChannelOverHTTP channel) {
      super(channel);
    }

    /** The last place where what Jetty has read behind the answer is still there. */
    @Override
    public boolean messageComplete() {
      boolean complete = super.messageComplete();
      ByteBuffer rest = getResponseBuffer();
      HttpExchange exchange = getHttpExchange();
      if (complete && exchange != null && isFinal(exchange) && BufferUtil.hasContent(rest)) {
        foundSurplus();
      }
      return complete;
    }

    /** Where there has been an answer before, this is most likely what came behind it. */
    @Override
    public void badMessage(HttpException failure) {
      if (isUsed()) {
        foundSurplus();
      }
      super.badMessage(failure);
    }

    /** Interim answers are followed by others, and tunnels by what is no HTTP. */
    private boolean isFinal(HttpExchange exchange) {
      int status = exchange.getResponse().getStatus();
      return !HttpStatus.isInterim(status)
          && status != HttpStatus.SWITCHING_PROTOCOLS_101
          && !HttpMethod.CONNECT.is(exchange.getRequest().getMethod());
    }

    @Override
    protected void reset() {
      HttpExchange exchange = getHttpExchange();
      super.reset();
      if (exchange != null && isFinal(exchange)) {
        answered(exchange.getResponse());
      }
    }

    /** What comes behind a final answer is looked at, but never parsed. */
    @Override
    protected void responseSuccess(Runnable next) {
      HttpExchange exchange = getHttpExchange();
      boolean isLast = next != null && exchange != null && isFinal(exchange);
      super.responseSuccess(isLast ? this::awaitNext : next);
    }

    private void awaitNext() {
      onUpgradeFrom(); // gives the buffer back
      if (!isClosed()) {
        // Not the receiver's own, which would hand each answer over to another thread.
        ReusableConnection.this.fillInterested();
      }
    }
  }
}
