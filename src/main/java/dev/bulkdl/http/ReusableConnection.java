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
import java.util.concurrent.locks.ReentrantLock;
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
 * An HTTP/1.1 connection, and the rule when it can serve another request. The rule is the same for
 * a plain connection, TLS, a proxy and a tunnel. A connection is reused only if all of this holds:
 *
 * <ol>
 *   <li>The last response ended exactly: no byte arrived behind its end.
 *   <li>Only one field stated where that response ended. After Transfer-Encoding together with
 *       Content-Length, or in HTTP/1.0, the connection is closed (RFC 9112, 6.1 and 6.3).
 *   <li>Neither side has announced to close it. Jetty checks that.
 *   <li>Nothing waits to be read when the next request is sent, neither bytes nor an end. The
 *       sending thread checks this with one non-blocking read, directly before it writes. Between
 *       requests the selector's thread reads as soon as something arrives.
 *   <li>No other connection to the same origin has received surplus bytes, as far as the pool
 *       remembers.
 * </ol>
 *
 * <p>Any other connection is closed, and the next request uses another one. So a response that
 * began to arrive before its request was written is never accepted. If well-formed surplus arrives
 * later, no HTTP/1.1 client can distinguish it from the response. The last point of the rule
 * prevents that this happens repeatedly.
 *
 * <p>Why bulkdl does this: Jetty's client (12.1.14) drops what its buffer holds behind a response
 * and keeps the connection. It also gives the connection to the next request before it reads on, so
 * that bytes in the socket become the next response. {@code BareJettyTest} shows when a newer Jetty
 * no longer does that.
 *
 * <p>Cost: none. The read before a request replaces the read that Jetty makes after each response,
 * which is left to the selector here.
 */
final class ReusableConnection extends HttpConnectionOverHTTP {

  /** The attribute of a request that needs a connection which has served no other request. */
  static final String NEW_ONLY = "dev.bulkdl.newConnection";

  /** The request was not sent, because the connection must not be reused. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
      super(why);
    }
  }

  private enum State {
    /** TLS before its first request: a read takes part in the handshake. */
    SECURE_AND_NEW,
    /** No request is in progress; any byte that arrives is surplus. */
    WAITING,
    /** One thread reads to check whether something has arrived. */
    CHECKING,
    /** A request is in progress; bytes that arrive belong to its response. */
    IN_USE,
    /** It is closed, or is being closed. */
    UNUSABLE
  }

  private final long id;
  private final Instant opened = Instant.now();
  private final AtomicReference<State> state;
  private final ReentrantLock handshaking = new ReentrantLock();
  private volatile boolean surplus;
  private volatile boolean openedAhead;
  private volatile boolean hasServed;

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

  /** Whether bytes arrived that belong to no response. */
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

  /** Whether this connection has served a request before the current one. */
  boolean isUsed() {
    return getMessagesOut() > 1;
  }

  /** Whether the server can have closed it in a wait without a request, as it may at any time. */
  boolean mayBeStale() {
    return isUsed() || openedAhead;
  }

  /** Whether the server closed it before its first request. */
  boolean wasRefusedUnused() {
    ResetAwareEndPoint socket = ResetAwareEndPoint.of(this);
    return getMessagesOut() == 0 && socket != null && socket.isOverByPeer();
  }

  /** It is opened before a request needs it: its TLS handshake, if any, begins at once. */
  void openedAhead() {
    openedAhead = true;
    if (state.get() == State.SECURE_AND_NEW) {
      var unused = handshake(() -> getEndPoint().flush(BufferUtil.EMPTY_BUFFER));
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * Makes a step of the handshake.
   *
   * @return false if a request has taken the connection, and goes on with it
   */
  private boolean handshake(Step step) {
    handshaking.lock();
    try {
      if (state.get() != State.SECURE_AND_NEW) {
        return false;
      }
      step.run();
      return true;
    } catch (IOException e) {
      pool().ifPresent(BoundedConnectionPool::openNoneAhead);
      state.set(State.UNUSABLE);
      close(e);
      return true;
    } finally {
      handshaking.unlock();
    }
  }

  /** Goes on with the handshake. A server that sends before a request breaks the protocol. */
  private void goOn() throws IOException {
    int read = getEndPoint().fill(BufferUtil.allocate(1));
    if (read != 0) {
      throw read < 0
          ? new EOFException()
          : new IOException("the server sent bytes before the request");
    }
    fillInterested();
  }

  @Override
  protected HttpChannelOverHTTP newHttpChannel() {
    return new Channel();
  }

  /**
   * Prepares the connection for the request that is about to be written.
   *
   * @return why the connection cannot be used; null if it is ready
   */
  private @Nullable IOException prepare(Request request) {
    if (isUsed() && request.getAttributes().containsKey(NEW_ONLY)) {
      return new Unusable("the request needs a new connection");
    }
    if (isUsed() && isDistrusted()) {
      return new Unusable("the server has sent bytes behind a response");
    }
    if (takeSecureAndNew()) {
      return null;
    }
    if (!state.compareAndSet(State.WAITING, State.CHECKING)) {
      return new Unusable("bytes have arrived before the request");
    }
    IOException why = readSurplus();
    state.set(why == null ? State.IN_USE : State.UNUSABLE);
    return why;
  }

  private boolean takeSecureAndNew() {
    if (state.get() != State.SECURE_AND_NEW) {
      return false;
    }
    handshaking.lock(); // else the thread that goes on with the handshake could read our response
    try {
      return state.compareAndSet(State.SECURE_AND_NEW, State.IN_USE);
    } finally {
      handshaking.unlock();
    }
  }

  /**
   * Reads without waiting. Returns null if nothing arrived, else why the connection cannot be used.
   */
  private @Nullable IOException readSurplus() {
    boolean wasIdle = hasServed || openedAhead;
    ByteBuffer one = BufferUtil.allocate(1);
    try {
      int found = getEndPoint().fill(one);
      if (found > 0) {
        foundSurplus();
      }
      return switch (Integer.signum(found)) {
        case 0 -> null;
        case 1 ->
            wasIdle
                ? new Unusable("bytes arrived behind the end of a response")
                : new IOException("the server sent bytes before the request");
        default -> wasIdle ? new Unusable("the server has closed") : new EOFException();
      };
    } catch (IOException e) {
      return wasIdle ? new Unusable("it is broken: " + e.getMessage()) : e;
    }
  }

  @Override
  public void onFillable() {
    if (state.compareAndSet(State.WAITING, State.CHECKING)) {
      watch();
      return;
    }
    switch (Objects.requireNonNull(state.get())) {
      case SECURE_AND_NEW -> {
        if (!openedAhead) {
          super.onFillable();
        } else if (!handshake(this::goOn)) {
          onFillable();
        }
      }
      case IN_USE -> super.onFillable();
      case WAITING, CHECKING -> fillInterested(); // a sender checks, and can leave the bytes to us
      case UNUSABLE -> {}
    }
  }

  /**
   * Checks for surplus. TLS can deliver messages without bytes of HTTP, such as session tickets.
   */
  private void watch() {
    IOException why = readSurplus();
    if (why == null) {
      state.set(State.WAITING);
      fillInterested();
    } else {
      state.set(State.UNUSABLE);
      close(why);
    }
  }

  /** A tunnel starts empty: its server does not send before the TLS handshake. */
  @Override
  public @Nullable ByteBuffer onUpgradeFrom() {
    ByteBuffer rest = super.onUpgradeFrom();
    if (BufferUtil.hasContent(rest)) {
      throw new UncheckedIOException(
          new IOException("bytes arrived behind the proxy's answer to CONNECT"));
    }
    return rest;
  }

  private void answered(Response response) {
    hasServed = true; // before the state: then a selector can find surplus
    boolean exact = !surplus && !isFramedAmbiguously(response);
    state.set(exact ? State.WAITING : State.UNUSABLE);
  }

  private static boolean isFramedAmbiguously(Response response) {
    return response.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        && (response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
            || response.getVersion().compareTo(HttpVersion.HTTP_1_1) < 0);
  }

  @Override
  public void release() {
    if (state.get() == State.UNUSABLE || isDistrusted()) {
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
      IOException why = prepare(exchange.getRequest());
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

    /**
     * Checks for surplus bytes. This is the last place where bytes that Jetty has read behind the
     * response still exist.
     */
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

    /** Marks a malformed response on a reused connection as surplus, which it most probably is. */
    @Override
    public void badMessage(HttpException failure) {
      if (isUsed()) {
        foundSurplus();
      }
      super.badMessage(failure);
    }

    /**
     * Whether this is the final response: interim ones are followed by others, and after CONNECT
     * other protocols follow.
     */
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

    /** After a final response further bytes are only checked, never parsed. */
    @Override
    protected void responseSuccess(Runnable next) {
      HttpExchange exchange = getHttpExchange();
      boolean isLast = next != null && exchange != null && isFinal(exchange);
      super.responseSuccess(isLast ? this::awaitNext : next);
    }

    private void awaitNext() {
      onUpgradeFrom(); // releases the buffer
      if (!isClosed()) {
        // Not the receiver's own method, which would pass each response to another thread.
        ReusableConnection.this.fillInterested();
      }
    }
  }
}
