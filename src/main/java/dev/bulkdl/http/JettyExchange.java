package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.ThreadSupply;
import dev.bulkdl.http.FailureMapping.Phase;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Timeouts;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/**
 * One request: it is sent, each phase is waited for, and the result becomes a {@link
 * FetchResponse}. The thread that calls {@link #send} owns it; Jetty's threads call the callbacks.
 */
final class JettyExchange implements TimeoutWatch.Waiting {

  /** A phase has exceeded its limit. */
  private static final class Overdue extends Exception {
    private static final long serialVersionUID = 1;
    private final String complaint;

    Overdue(String complaint) {
      super(complaint);
      this.complaint = complaint;
    }
  }

  private record Head(Response response, ArrivingContent content) {}

  private final FetchRequest get;
  private final Request request;
  private final Origin origin;
  private final String peer;
  private final Timeouts timeouts;
  private final TimeoutWatch timeoutWatch;
  private final Cancellation cancellation;
  private final RunFetcher run;
  private final CompletableFuture<Head> head = new CompletableFuture<>();
  private volatile Phase phase = Phase.CONNECTING;
  private volatile long phaseStart = System.nanoTime();
  private volatile long sentAt;
  private volatile @Nullable ReusableConnection connection;
  private volatile @Nullable Http2Connection shared;
  private volatile @Nullable ResetAwareEndPoint endPoint;
  private volatile @Nullable Head whole;
  private boolean unusable;

  /**
   * @param peer the host or proxy of the connection, as messages name it
   */
  JettyExchange(
      FetchRequest get,
      Request request,
      String peer,
      Timeouts timeouts,
      TimeoutWatch timeoutWatch,
      Cancellation cancellation,
      RunFetcher run) {
    this.get = get;
    this.request = request;
    this.origin = Origin.of(get.uri());
    this.peer = peer;
    this.timeouts = timeouts;
    this.timeoutWatch = timeoutWatch;
    this.cancellation = cancellation;
    this.run = run;
  }

  FetchResponse send() {
    request
        .onRequestBegin(this::onBegin)
        .onRequestSuccess(ignored -> enter(Phase.WAITING))
        .onResponseContentSource(this::onContent);
    Cancellation.Registration stop = cancellation.onCancel(this::stop);
    timeoutWatch.watch(this);
    try {
      cancellation.check();
      request.send(this::onComplete);
      Head received = await();
      return isSuspect(received) ? suspect(received) : answer(received);
    } catch (InterruptedException e) {
      CancellationException interrupted = stopped();
      Thread.currentThread().interrupt();
      throw interrupted;
    } catch (CancellationException e) {
      throw stopped();
    } catch (ExecutionException e) {
      if (cancellation.isCancelled()) {
        throw stopped();
      }
      return failed(e.getCause() == null ? e : e.getCause());
    } finally {
      timeoutWatch.forget(this);
      stop.close();
    }
  }

  private Head await() throws InterruptedException, ExecutionException {
    try {
      return head.get();
    } finally {
      reportConnection();
    }
  }

  /** Whether the connection was found to be unusable before any part of the request was sent. */
  boolean foundConnectionUnusable() {
    return unusable;
  }

  /**
   * Whether this response can belong to another request: on a reused connection, surplus bytes and
   * the real response look alike.
   */
  private boolean isSuspect(Head received) {
    ReusableConnection used = connection;
    return received.content.isWhole() && used != null && used.isUsed() && used.hasSurplus();
  }

  private static FetchResponse suspect(Head received) {
    received.content.release();
    return new FetchResponse.Failed(
        new Failure.Reset(
            "more bytes arrived than the response, so it can belong to another request"),
        true);
  }

  private FetchResponse answer(Head received) {
    JettyBody body =
        new JettyBody(
            request,
            received.content,
            cancellation,
            timeouts,
            timeoutWatch,
            received.response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH),
            isCutOff(received.response));
    body.open();
    FetchResponse answer = ResponseReader.read(get, received.response, body, Instant.now());
    RateLimitFields.pause(received.response.getHeaders(), Instant.now())
        .ifPresent(pause -> run.rationed(origin, pause));
    boolean hasContent =
        answer instanceof FetchResponse.Whole || answer instanceof FetchResponse.Part;
    if (hasContent) {
      body.onClose(this::delivered);
      body.onGiveUp(this::waitedInVain);
      ReusableConnection used = connection;
      Http2Connection multiplexed = shared;
      if (used != null) {
        String protocol = received.response.getVersion().asString();
        body.over(used.info(origin, protocol));
      } else if (multiplexed != null) {
        body.over(multiplexed.info(origin));
      }
    } else {
      body.discard();
    }
    return answer;
  }

  private void delivered(long bytes) {
    Duration took = Duration.ofNanos(System.nanoTime() - sentAt);
    run.delivered(origin, bytes, took);
  }

  private FetchResponse failed(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError lack && ThreadSupply.isLack(lack)) {
      throw lack; // no server caused this
    }
    if (thrown instanceof Overdue overdue) {
      abort(request, overdue);
      waitedInVain();
      return new FetchResponse.Failed(new Failure.Timeout(overdue.complaint), false);
    }
    if (thrown instanceof MultiplexedPool.Unshared) {
      return unshared();
    }
    if (thrown instanceof Http2Connection.Ended ended) {
      return sharedFailed(ended.why());
    }
    if (shared != null) {
      return sharedFailed(thrown);
    }
    unusable = thrown instanceof ReusableConnection.Unusable;
    Throwable cause = endedEarly(thrown) ? new EOFException() : reason(thrown);
    return new FetchResponse.Failed(FailureMapping.of(cause, phase, peer), isReused());
  }

  /** The response of a request that finds no connection to share. */
  static FetchResponse unshared() {
    return new FetchResponse.Failed(
        new Failure.Reset("the origin is used by HTTP/1.1 only"), false, true);
  }

  private FetchResponse sharedFailed(Throwable thrown) {
    boolean unprocessed =
        phase != Phase.CONTENT && UnprocessedStream.is(thrown, phase == Phase.WAITING);
    if (UnprocessedStream.isForOtherProtocol(thrown)) {
      run.sharesNoMore(origin);
    } else if (!unprocessed) {
      run.sharedFailed(origin);
    }
    return new FetchResponse.Failed(FailureMapping.of(thrown, phase, peer), false, unprocessed);
  }

  private void waitedInVain() {
    Http2Connection used = shared;
    if (used != null) {
      used.retire();
      run.sharedFailed(origin);
    }
  }

  private boolean isReused() {
    ReusableConnection used = connection;
    return used != null && used.mayBeStale();
  }

  /**
   * Returns the cause of a failure. While a request is being sent, a failed handshake shows only as
   * a closed connection. An end during the handshake is a cut, which Jetty reports without a cause.
   */
  private Throwable reason(Throwable thrown) {
    ResetAwareEndPoint used = endPoint;
    Throwable refused = used == null ? null : used.handshakeFailure();
    if (used == null || refused == null) {
      return thrown;
    }
    return used.hasEnded() && refused.getCause() == null ? new EOFException() : refused;
  }

  /** Whether the connection ended within the headers, which Jetty reports as a broken response. */
  private boolean endedEarly(Throwable thrown) {
    ResetAwareEndPoint used = endPoint;
    return used != null
        && used.hasEnded()
        && phase != Phase.CONTENT
        && !(thrown instanceof IOException);
  }

  /**
   * Returns a check for the end of the content: whether TLS was cut although only close_notify
   * marks the end of the content (RFC 9112, 9.8).
   */
  private BooleanSupplier isCutOff(Response response) {
    ResetAwareEndPoint used = endPoint;
    HttpFields fields = response.getHeaders();
    boolean delimited =
        fields.contains(HttpHeader.CONTENT_LENGTH) || fields.contains(HttpHeader.TRANSFER_ENCODING);
    boolean secure = HttpScheme.HTTPS.is(request.getScheme());
    return () -> secure && !delimited && used != null && used.hasEnded();
  }

  private void onBegin(Request sent) {
    sentAt = System.nanoTime();
    enter(Phase.SENDING);
    if (sent.getConnection() instanceof ReusableConnection used) {
      connection = used;
      endPoint = ResetAwareEndPoint.of(used);
    } else if (sent.getConnection() instanceof Http2Connection used) {
      shared = used;
    }
  }

  /**
   * Reports the connection if it is new. The owning thread does that: when a request is given up,
   * Jetty can still begin it after the end of the run.
   */
  private void reportConnection() {
    ReusableConnection used = connection;
    Http2Connection multiplexed = shared;
    if (used != null) {
      report(endPoint, used.getEndPoint() instanceof SslConnection.SslEndPoint);
    } else if (multiplexed != null) {
      report(multiplexed.socket(), true);
    }
  }

  private void report(@Nullable ResetAwareEndPoint socket, boolean encrypted) {
    if (socket != null) {
      socket.takeConnectTime().ifPresent(took -> run.connected(took, encrypted));
    }
  }

  private void onContent(Response response, Content.Source source) {
    enter(Phase.CONTENT);
    if (shared != null) {
      run.sharedAnswered(origin);
    }
    ArrivingContent content =
        ArrivingContent.from(source, response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH));
    Head received = new Head(response, content);
    if (content.isWhole()) {
      whole = received; // the exchange ends next, and its connection must be free before we wake
    } else {
      complete(received);
    }
  }

  /** Jetty has given the connection back before it calls this. */
  private void onComplete(Result result) {
    Head received = whole;
    if (received != null) {
      complete(received);
    } else if (result.getFailure() != null) {
      head.completeExceptionally(result.getFailure());
    }
  }

  private void complete(Head received) {
    if (!head.complete(received)) {
      received.content.release();
    }
  }

  private void enter(Phase next) {
    if (phase.compareTo(next) < 0) {
      phaseStart = System.nanoTime();
      phase = next;
    }
  }

  /** Wakes the waiting thread, which aborts the exchange itself. */
  private void stop() {
    head.completeExceptionally(new CancellationException());
  }

  private CancellationException stopped() {
    CancellationException stop = new CancellationException("stopped");
    abort(request, stop);
    if (!head.completeExceptionally(stop) && !head.isCompletedExceptionally()) {
      head.join().content.release(); // it arrived after the wait had ended
    }
    return stop;
  }

  /**
   * Aborts the exchange, without waiting for that. Only the thread that owns the exchange can call
   * this: from another thread it could hit the next exchange of the connection.
   */
  @SuppressWarnings("FutureReturnValueIgnored")
  static void abort(Request request, Throwable reason) {
    request.abort(reason);
  }

  /**
   * Checks the limit of the present phase. An overdue exchange wakes its waiting thread, which
   * aborts it.
   */
  @Override
  public void checkLimit(long now) {
    Phase waited = phase;
    if (now - phaseStart >= limit(waited).toNanos() && phase == waited) {
      head.completeExceptionally(new Overdue(complaint(waited)));
    }
  }

  /** Jetty limits the connect to each address itself; this limit is a safety net. */
  private Duration limit(Phase waited) {
    return switch (waited) {
      case CONNECTING -> timeouts.connect().multipliedBy(8).plus(JettyClient.DNS_TIMEOUT);
      case SENDING -> timeouts.connect();
      case WAITING, CONTENT -> timeouts.response();
    };
  }

  private static String complaint(Phase waited) {
    return switch (waited) {
      case CONNECTING -> "no connection in time";
      case SENDING -> "no TLS handshake, or the request was not sent, within the connect timeout";
      case WAITING, CONTENT -> "no complete response headers within the response timeout";
    };
  }
}
