package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.model.HttpSettings;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Jetty's client: HTTP/1.1, nothing followed, decoded, remembered or limited by it. One serves any
 * number of runs at the same time, each through a {@link Fetcher} of its own. Thread-safe.
 */
public final class JettyClient implements AutoCloseable {

  static final Duration DNS_TIMEOUT = Duration.ofSeconds(15);

  /** How long a connection waits for its next request, and so how many may wait. */
  private static final Duration POOLED_IDLE = Duration.ofSeconds(5);

  /** What a connection takes besides its buffer. */
  private static final int CONNECTION_BYTES = 32 << 10;

  /**
   * What the buffers of all connections together may take, so that many get smaller ones; those of
   * TLS take a quarter more, and a JVM with a small heap allows few.
   */
  private static final long BUDGET = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  /** What sizes of buffers are multiples of. */
  private static final int POOLED_STEP = 4 << 10;

  private static final int SMALLEST_BUFFER = 36 << 10;
  private static final int LARGEST_BUFFER = 1 << 20;
  private static final int LARGEST_HEADERS = 64 << 10;

  /**
   * Folded fields are obsolete, but a client must take them (RFC 9112 §5.2). Transfer-Encoding wins
   * over a Content-Length beside it (§6.3), and {@link ReusableConnection} closes afterwards.
   */
  private static final HttpCompliance COMPLIANCE =
      HttpCompliance.RFC7230.with(
          "lenient",
          HttpCompliance.Violation.MULTILINE_FIELD_VALUE,
          HttpCompliance.Violation.TRANSFER_ENCODING_WITH_CONTENT_LENGTH);

  /**
   * How many connections there may be now; every request is under one of these.
   *
   * @param inAll to all origins together
   * @param perOrigin to any one origin
   */
  public record Allowed(IntSupplier inAll, IntSupplier perOrigin) {

    /** As many as these permits allow. */
    public static Allowed by(Permits permits) {
      return new Allowed(permits::allowedInAll, permits::allowedPerOrigin);
    }
  }

  /** The number of connections so far, which gives each its id. */
  private final AtomicLong connections = new AtomicLong();

  private final LazySslContext tls;
  private final Connector connector;
  private final HttpClient client;
  private final Allowed allowed;
  private final TimeoutWatch patience;
  private final Proxies proxies;

  /**
   * Starts the client.
   *
   * @param settings its certificates and proxies are used, not its headers
   * @param connectTimeout for a connection, and again for its TLS handshake
   * @param userAgent the User-Agent field
   * @throws IOException when the certificates of the settings cannot be read
   */
  public JettyClient(
      HttpSettings settings, Duration connectTimeout, Allowed allowed, String userAgent)
      throws IOException {
    this(settings, connectTimeout, allowed, userAgent, TlsLibrary::fastest);
  }

  /**
   * @param library encrypts, and is loaded when the first connection needs it
   */
  JettyClient(
      HttpSettings settings,
      Duration connectTimeout,
      Allowed allowed,
      String userAgent,
      Supplier<TlsLibrary> library)
      throws IOException {
    this.proxies = settings.proxies();
    this.allowed = allowed;
    this.tls = Trust.tls(settings, library);
    this.connector = new Connector(tls, () -> buffer() / 4);
    this.client = new HttpClient(transport());
    configure(connectTimeout, userAgent);
    ProxyRoute.addAll(proxies, client);
    start();
    this.patience = new TimeoutWatch();
  }

  /**
   * The client as one run sees it.
   *
   * @param timeouts of its requests; the connect timeout is the client's
   * @param wire learns how the run's connections do
   */
  public Fetcher forRun(Timeouts timeouts, WireListener wire) {
    return new RunFetcher(this, timeouts, wire);
  }

  private HttpClientTransportOverHTTP transport() {
    connector.setSelectors(1);
    HttpClientTransportOverHTTP transport =
        new HttpClientTransportOverHTTP(connector) {
          @Override
          public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
            return customize(
                new ReusableConnection(endPoint, context, connections.incrementAndGet()), context);
          }
        };
    transport.setInvocationType(InvocationType.NON_BLOCKING); // our callbacks only wake threads
    transport.setConnectionPoolFactory(to -> new BoundedConnectionPool(to, allowed.perOrigin()));
    return transport;
  }

  private void configure(Duration connectTimeout, String userAgent) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, userAgent));
    client.setConnectTimeout(connectTimeout.toMillis());
    Scheduler timer = new ScheduledExecutorScheduler("http-timer", true);
    client.setScheduler(timer);
    client.setSocketAddressResolver(
        new SpreadingResolver(
            new SocketAddressResolver.Async(threads, timer, DNS_TIMEOUT.toMillis())));
    client.setIdleTimeout(POOLED_IDLE.toMillis());
    client.setDestinationIdleTimeout(2 * POOLED_IDLE.toMillis());
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setMaxResponseHeadersSize(LARGEST_HEADERS);
    client.setHttpCompliance(COMPLIANCE);
    client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
    client.setResponseBufferSize(buffer());
    client.setByteBufferPool(
        new ArrayByteBufferPool(0, POOLED_STEP, LARGEST_BUFFER, Integer.MAX_VALUE, BUDGET, BUDGET));
  }

  /**
   * From two TLS records to 1 MiB: larger reads and writes cost less, but 1,000 connections must
   * stay small.
   *
   * @param budget bytes for all connections together
   */
  static int bufferSize(long budget, int connections) {
    long share = budget / connections - CONNECTION_BYTES;
    return Math.clamp(share - share % POOLED_STEP, SMALLEST_BUFFER, LARGEST_BUFFER);
  }

  /** The size for as many connections as there may be now. */
  private int buffer() {
    return bufferSize(BUDGET, allowed.inAll().getAsInt());
  }

  private void start() {
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    client.getContentDecoderFactories().clear(); // only now: starting loads them
    client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
    client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
  }

  /** A request that was not sent, because its connection was spent, goes over another one. */
  FetchResponse get(
      FetchRequest get, Cancellation cancellation, Timeouts timeouts, RunFetcher run) {
    int most = allowed.inAll().getAsInt();
    client.setResponseBufferSize(bufferSize(BUDGET, most));
    while (true) {
      JettyExchange exchange =
          new JettyExchange(
              get, request(get, most), peer(get.uri()), timeouts, patience, cancellation, run);
      FetchResponse answer = exchange.send();
      if (!exchange.foundConnectionUnusable()) {
        return answer;
      }
    }
  }

  private Request request(FetchRequest get, int most) {
    Request request =
        client.newRequest(get.uri()).method(get.isHead() ? HttpMethod.HEAD : HttpMethod.GET);
    request.idleTimeout(0, TimeUnit.MILLISECONDS); // ours counts only while we are ready to read
    if (get.newConnection()) {
      request.attribute(ReusableConnection.NEW_ONLY, true);
    }
    return request.headers(
        headers -> {
          headers.put(HttpHeader.ACCEPT, "*/*");
          if (connector.open() > most + most / 2L) {
            headers.put(HttpHeader.CONNECTION, "close"); // idle ones of many hosts would add up
          }
          headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
          get.range().ifPresent(range -> headers.put(HttpHeader.RANGE, range.headerValue()));
          get.ifRange().ifPresent(validator -> headers.put(HttpHeader.IF_RANGE, validator));
          get.headers()
              .forEach(header -> headers.remove(header.getKey())); // the user's replace ours
          get.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        });
  }

  private String peer(URI uri) {
    return proxies.to(Origin.of(uri)).map(proxy -> "the proxy " + proxy).orElse(uri.getHost());
  }

  /** How TLS is encrypted, with its version; empty until the first connection needed it. */
  Optional<String> tlsLibrary() {
    return tls.library();
  }

  /** Cuts off what is in flight and gives all resources back. */
  @Override
  public void close() {
    patience.close();
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    }
  }
}
