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
import java.util.concurrent.TimeUnit;
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
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The {@link Fetcher} over Jetty's client: HTTP/1.1, nothing followed, decoded, remembered or
 * limited by it.
 */
public final class JettyFetcher implements Fetcher {

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

  /** Folded fields are obsolete, but a client must take them (RFC 9112 §5.2). */
  private static final HttpCompliance COMPLIANCE =
      HttpCompliance.RFC7230.with("folded", HttpCompliance.Violation.MULTILINE_FIELD_VALUE);

  private final WireListener wire;
  private final Connector connector;
  private final HttpClient client;
  private final Permits permits;
  private final int largestBuffer;
  private final Timeouts timeouts;
  private final Patience patience;
  private final Proxies proxies;

  /**
   * @param permits tell how many connections there may be now; every request is under one
   * @param userAgent the User-Agent field
   * @param wire is told how connections fare
   * @throws IOException when the certificates of the settings cannot be read
   */
  public JettyFetcher(
      HttpSettings settings,
      Timeouts timeouts,
      Permits permits,
      String userAgent,
      WireListener wire)
      throws IOException {
    this(settings, timeouts, permits, userAgent, TlsLibrary::fastest, wire);
  }

  /**
   * @param tls who encrypts, asked for when the first connection needs it
   */
  JettyFetcher(
      HttpSettings settings,
      Timeouts timeouts,
      Permits permits,
      String userAgent,
      Supplier<TlsLibrary> tls,
      WireListener wire)
      throws IOException {
    this.timeouts = timeouts;
    this.proxies = settings.proxies();
    this.wire = wire;
    this.permits = permits;
    this.largestBuffer = bufferSize(BUDGET, permits.allowedInAll());
    this.connector =
        new Connector(
            Trust.tls(settings, tls, wire::tlsBegan),
            () -> buffer(permits.allowedInAll()) / 4,
            wire::connected);
    this.client = new HttpClient(transport());
    configure(timeouts, userAgent);
    ProxyRoute.addAll(proxies, client);
    start();
    this.patience = new Patience();
  }

  private HttpClientTransportOverHTTP transport() {
    connector.setSelectors(1);
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    transport.setInvocationType(InvocationType.NON_BLOCKING); // our callbacks only wake threads
    transport.setConnectionPoolFactory(to -> new OneForEach(to, permits::allowedPerOrigin));
    return transport;
  }

  private void configure(Timeouts timeouts, String userAgent) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, userAgent));
    client.setConnectTimeout(timeouts.connect().toMillis());
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
    client.setResponseBufferSize(largestBuffer);
    client.setByteBufferPool(
        new ArrayByteBufferPool(0, POOLED_STEP, largestBuffer, Integer.MAX_VALUE, BUDGET, BUDGET));
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

  /** The same for now, in a pool that was made for those of the beginning. */
  private int buffer(int most) {
    return Math.min(largestBuffer, bufferSize(BUDGET, most));
  }

  @SuppressWarnings("PMD.AvoidCatchingGenericException")
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

  @Override
  public Answer get(Get get, Cancellation cancellation) {
    int most = permits.allowedInAll();
    client.setResponseBufferSize(buffer(most));
    Request request =
        client.newRequest(get.uri()).method(get.isHead() ? HttpMethod.HEAD : HttpMethod.GET);
    request.idleTimeout(0, TimeUnit.MILLISECONDS); // ours counts only while we are ready to read
    request.headers(
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
    return new JettyExchange(get, request, peer(get.uri()), timeouts, patience, cancellation, wire)
        .send();
  }

  private String peer(URI uri) {
    return proxies.to(Origin.of(uri)).map(proxy -> "the proxy " + proxy).orElse(uri.getHost());
  }

  @Override
  @SuppressWarnings("PMD.AvoidCatchingGenericException")
  public void close() {
    patience.close();
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not stop", e);
    }
  }
}
