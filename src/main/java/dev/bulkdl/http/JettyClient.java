package dev.bulkdl.http;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.AddressRange;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * An HTTP client on Jetty's, for HTTP/1.1 and, where it pays, HTTP/2. It follows no redirects,
 * decodes no content, keeps no cookies, and sets no limits of its own. One client serves any number
 * of runs at the same time, each through its own {@link Fetcher}. Thread-safe.
 */
public final class JettyClient implements AutoCloseable {

  static final Duration DNS_TIMEOUT = Duration.ofSeconds(15);

  /** How long an idle connection stays open; this also limits how many are idle. */
  private static final Duration POOLED_IDLE = Duration.ofSeconds(5);

  /** The memory of a connection without its buffer, in bytes. */
  private static final int CONNECTION_BYTES = 32 << 10;

  /**
   * The memory limit, in bytes, for the buffers of all connections together: many connections get
   * smaller buffers. TLS buffers take a quarter more. A JVM with a small heap allows only a few.
   */
  private static final long BUDGET = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

  /** Buffer sizes are multiples of this number of bytes. */
  private static final int POOLED_STEP = 4 << 10;

  private static final int SMALLEST_BUFFER = 36 << 10;
  private static final int LARGEST_BUFFER = 1 << 20;
  private static final int SMALLEST_LIMITED = 4 << 10;
  private static final int SMALLEST_RECEIVE = 16 << 10;
  private static final int LARGEST_RECEIVE = 2 << 20;
  private static final int LARGEST_HEADERS = 64 << 10;

  /**
   * Accepts folded fields, which are obsolete but must be accepted by a client (RFC 9112, 5.2).
   * Accepts Transfer-Encoding together with Content-Length: Transfer-Encoding wins (6.3), and
   * {@link ReusableConnection} closes the connection afterwards.
   */
  private static final HttpCompliance COMPLIANCE =
      HttpCompliance.RFC7230.with(
          "lenient",
          HttpCompliance.Violation.MULTILINE_FIELD_VALUE,
          HttpCompliance.Violation.TRANSFER_ENCODING_WITH_CONTENT_LENGTH);

  /**
   * The limits of connections now. Every request is within both.
   *
   * @param inAll the limit for all origins together
   * @param perOrigin the limit for one origin
   * @param shared the limit of the connections to an origin that requests share
   * @param wanted how many connections to an origin are to be open, those included that are opened
   *     before requests need them; 0 if none are
   * @param refusedAhead called when a server did not bear one of these, with the number of
   *     connections that it bore
   * @param rate the largest rate of a connection in bytes a second; the largest long for no limit
   */
  public record Allowed(
      IntSupplier inAll,
      IntSupplier perOrigin,
      ToIntFunction<Origin> shared,
      ToIntFunction<Origin> wanted,
      ObjIntConsumer<Origin> refusedAhead,
      LongSupplier rate) {

    /** Returns the limits of these permits. */
    public static Allowed by(Permits permits) {
      return new Allowed(
          permits::allowedInAll,
          permits.allowances()::largest,
          permits::sharedConnections,
          permits::wanted,
          permits::refusedAhead,
          () -> Long.MAX_VALUE);
    }
  }

  private final LazySslContext tls;
  private final OriginProtocols protocols = OriginProtocols.withUsualLimit();
  private final Connector connector;
  private final HttpClient client;
  private final Allowed allowed;
  private final TimeoutWatch timeoutWatch;
  private final Proxies proxies;
  private final JudgedResolver addresses;

  /**
   * Starts the client. The caller closes it.
   *
   * @param settings certificates and proxies; the headers are not used
   * @param connectTimeout the limit for a TCP connect, and again for the TLS handshake
   * @param allowed the limits of connections
   * @param userAgent the value of the User-Agent field
   * @throws IOException if the certificates of the settings cannot be read
   */
  public JettyClient(
      HttpSettings settings, Duration connectTimeout, Allowed allowed, String userAgent)
      throws IOException {
    this(settings, connectTimeout, allowed, userAgent, TlsLibrary::fastest);
  }

  /**
   * @param library the TLS library, loaded when the first connection needs it
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
    this.connector =
        new Connector(
            tls,
            () -> buffer() / 4,
            TwoProtocolTransport::negotiates,
            () -> receiveBuffer(allowed.rate().getAsLong()));
    connector.setSelectors(1);
    this.client = new HttpClient(new TwoProtocolTransport(connector, protocols, allowed));
    this.addresses = configure(connectTimeout, userAgent);
    ProxyRoute.addAll(proxies, client);
    start();
    this.timeoutWatch = new TimeoutWatch();
  }

  /**
   * Returns the fetcher for one run.
   *
   * @param timeouts the timeouts of its requests; the connect timeout is the client's
   * @param wire gets the events of the run's connections
   */
  public Fetcher forRun(Timeouts timeouts, WireListener wire) {
    return new RunFetcher(this, timeouts, wire);
  }

  private JudgedResolver configure(Duration connectTimeout, String userAgent) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, userAgent));
    client.setConnectTimeout(connectTimeout.toMillis());
    Scheduler timer = new ScheduledExecutorScheduler("http-timer", true);
    client.setScheduler(timer);
    JudgedResolver judged =
        new JudgedResolver(
            new SpreadingResolver(
                new SocketAddressResolver.Async(threads, timer, DNS_TIMEOUT.toMillis())),
            proxies);
    client.setSocketAddressResolver(judged);
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
    return judged;
  }

  /** Connects only to what these rules let pass, from now on. */
  public void judgeAddressesBy(AddressPolicy rules) {
    addresses.judgeBy(rules);
  }

  /** Never connects to this port of this machine. */
  public void forbidOwn(int port) {
    addresses.forbidOwn(port);
  }

  /**
   * Returns the buffer size for a number of connections: from two TLS records to 1 MiB. Larger
   * reads and writes cost less, but 1,000 connections must need little memory.
   *
   * @param budget the bytes for all connections together
   */
  static int bufferSize(long budget, int connections) {
    long share = budget / connections - CONNECTION_BYTES;
    return Math.clamp(share - share % POOLED_STEP, SMALLEST_BUFFER, LARGEST_BUFFER);
  }

  /** Returns the buffer size for the present limit of connections. */
  private int buffer() {
    return limited(bufferSize(BUDGET, allowed.inAll().getAsInt()));
  }

  /** Returns a buffer size that holds little more than what a limited connection may read. */
  private int limited(int size) {
    long rate = allowed.rate().getAsLong();
    return rate == Long.MAX_VALUE ? size : Math.clamp(rate / 50, SMALLEST_LIMITED, size);
  }

  /**
   * Returns the size of a socket's receive buffer for a rate, so that the server cannot send much
   * more than the connection may read: 50 ms of it. 0 leaves it to the system, which has larger
   * ones.
   */
  static int receiveBuffer(long rate) {
    long size = rate / 20;
    return size > LARGEST_RECEIVE ? 0 : (int) Math.max(size, SMALLEST_RECEIVE);
  }

  private void start() {
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    client.getContentDecoderFactories().clear(); // after the start, which loads them
    client.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
    client.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    client.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
  }

  /**
   * Sends a request. If it was not sent because its connection was no longer usable, sends it over
   * another one. A request that is to share a connection fails as unprocessed if its origin does
   * not share any more.
   */
  FetchResponse get(
      FetchRequest get, Cancellation cancellation, Timeouts timeouts, RunFetcher run) {
    Optional<String> refusal = refusalOfProxied(get.uri());
    if (refusal.isPresent()) {
      return new FetchResponse.Failed(
          FailureMapping.forbidden(get.uri().getHost(), refusal.get()), false);
    }
    int maxConnections = allowed.inAll().getAsInt();
    client.setResponseBufferSize(limited(bufferSize(BUDGET, maxConnections)));
    while (true) {
      if (isShared(get) && sharesBelow(Origin.of(get.uri())) == 0) {
        return JettyExchange.unshared();
      }
      JettyExchange exchange =
          new JettyExchange(
              get,
              request(get, maxConnections),
              peer(get.uri()),
              timeouts,
              timeoutWatch,
              cancellation,
              run);
      FetchResponse answer = exchange.send();
      if (!exchange.foundConnectionUnusable()) {
        return answer;
      }
    }
  }

  /** A proxy looks names up itself, so only written addresses can be judged before it. */
  private Optional<String> refusalOfProxied(URI uri) {
    Origin origin = Origin.of(uri);
    return proxies.to(origin).isEmpty()
        ? Optional.empty()
        : AddressRange.literal(origin.host())
            .flatMap(address -> addresses.refusal(address, origin.port()));
  }

  private Request request(FetchRequest get, int maxConnections) {
    Request request =
        client.newRequest(get.uri()).method(get.isHead() ? HttpMethod.HEAD : HttpMethod.GET);
    // Jetty's idle timeout is off: ours counts only while we are ready to read
    request.idleTimeout(0, TimeUnit.MILLISECONDS);
    switch (get.over()) {
      case OWN -> {}
      case NEW -> request.attribute(ReusableConnection.NEW_ONLY, true);
      case SHARED -> request.attribute(TwoProtocolTransport.SHARED, true);
    }
    return request.headers(
        headers -> {
          headers.put(HttpHeader.ACCEPT, "*/*");
          if (!isShared(get) && connector.open() > maxConnections + maxConnections / 2L) {
            // otherwise idle connections to many hosts would add up
            headers.put(HttpHeader.CONNECTION, "close");
          }
          headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
          get.range().ifPresent(range -> headers.put(HttpHeader.RANGE, range.headerValue()));
          get.ifRange().ifPresent(validator -> headers.put(HttpHeader.IF_RANGE, validator));
          get.headers()
              // the user's headers replace ours
              .forEach(header -> headers.remove(header.getKey()));
          get.headers().forEach(header -> headers.add(header.getKey(), header.getValue()));
        });
  }

  private static boolean isShared(FetchRequest get) {
    return get.over() == FetchRequest.Over.SHARED;
  }

  /** See {@link Fetcher#sharesBelow}. */
  long sharesBelow(Origin origin) {
    return proxies.to(origin).isEmpty() ? protocols.sharesBelow(origin) : 0;
  }

  OriginProtocols protocols() {
    return protocols;
  }

  private String peer(URI uri) {
    return proxies.to(Origin.of(uri)).map(proxy -> "the proxy " + proxy).orElse(uri.getHost());
  }

  /** The TLS library with its version; empty until the first connection needs it. */
  Optional<String> tlsLibrary() {
    return tls.library();
  }

  /** Aborts all requests and releases all resources. */
  @Override
  public void close() {
    timeoutWatch.close();
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    }
  }
}
