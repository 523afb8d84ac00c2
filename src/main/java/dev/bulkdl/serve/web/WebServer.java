package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Accounts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The HTTP server of the daemon. It has threads of its own, few and no virtual ones, so that it
 * answers however busy the downloads are.
 */
public final class WebServer implements AutoCloseable {

  private static final int MOST_THREADS = 48;
  private static final int LEAST_THREADS = 4;

  /**
   * A thread of its own accepts connections. Without one, Jetty (12.1.14) can close the listening
   * socket at the moment in which the limit of connections is reached: it takes the cancelled key
   * of the selector for that of a broken connection.
   */
  private static final int ACCEPTORS = 1;

  private static final int CONNECTIONS_WITH_STREAMS = 2;
  private static final int HEADER_BYTES = 16 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final GracefulHandler answers;
  private final Live live;
  private final RouteTable routes;
  private final Settings settings;

  /**
   * Where and how to listen.
   *
   * @param tls certificate and key; empty for plain HTTP
   * @param state the state folder; uploads go below it
   */
  public record Settings(
      InetSocketAddress listen,
      SiteOptions site,
      Optional<Tls> tls,
      Path state,
      long mostUploaded,
      Bounds bounds) {}

  /**
   * What a client may take without asking for anything.
   *
   * @param connections beside WebSockets
   * @param silence how long a connection may be without a whole request
   * @param bodyBytesPerSecond how fast a body has to come, after that time
   */
  public record Bounds(int connections, Duration silence, long bodyBytesPerSecond) {
    public static final Bounds USUAL = new Bounds(2_000, Duration.ofSeconds(30), 100);
  }

  /**
   * Under which addresses browsers reach the server.
   *
   * @param proxies the networks whose forwarded addresses are believed
   */
  public record SiteOptions(String basePath, List<URI> publicUrls, List<String> proxies) {}

  /** The key with its certificates. */
  public record Tls(KeyStore keys) {
    /**
     * Reads both from files in the format PEM.
     *
     * @throws IllegalArgumentException that names the file and the way out
     */
    public static Tls of(Path certificates, Path key) {
      return new Tls(PemFiles.load(certificates, key));
    }
  }

  private record Parts(Server server, ServerConnector connector, GracefulHandler answers) {}

  private WebServer(Parts parts, Live live, RouteTable routes, Settings settings) {
    this.server = parts.server;
    this.connector = parts.connector;
    this.answers = parts.answers;
    this.live = live;
    this.routes = routes;
    this.settings = settings;
  }

  RouteTable routes() {
    return routes;
  }

  /**
   * Starts the server.
   *
   * @param bugs hears of errors that are ours
   * @throws IOException if it cannot listen; the message names the address
   */
  public static WebServer start(
      Settings settings, Accounts accounts, Services services, Consumer<String> bugs)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
    threads.setName("web");
    threads.setDaemon(true);
    Server server = new Server(threads);
    server.setErrorHandler(new ErrorAnswers());
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    server.addBean(
        new NetworkConnectionLimit(
            settings.bounds().connections() * CONNECTIONS_WITH_STREAMS, connector));
    Path uploads = uploads(settings.state());
    Site site =
        new Site(
            settings.site().basePath(),
            settings.site().publicUrls(),
            Networks.parse(settings.site().proxies()),
            settings.tls().isPresent());
    ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
    Authentication authentication = new Authentication(accounts, site);
    Live live = new Live(services, accounts, sockets);
    Routes routes = new Routes(services, accounts, authentication, live);
    Api api =
        new Api(
            routes.table(),
            authentication,
            new Api.Parts(
                site, services, new BodyReader(uploads, settings.mostUploaded()), threads, bugs));
    SlowClients slow = new SlowClients(settings.bounds(), new RootHandler(site, api));
    connector.addBean(slow, false);
    GracefulHandler answers = new GracefulHandler(slow);
    server.setHandler(answers);
    WebServer web =
        new WebServer(new Parts(server, connector, answers), live, routes.table(), settings);
    web.listen();
    return web;
  }

  private void listen() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      stop();
      throw new IOException(
          "cannot listen on "
              + settings.listen().getHostString()
              + ":"
              + settings.listen().getPort()
              + ": another program has it, or the address is not of this machine; choose another"
              + " one with --listen",
          e);
    } catch (Exception e) {
      stop();
      throw new IllegalStateException("the server does not start", e);
    }
  }

  private static Path uploads(Path state) throws IOException {
    Path folder = Files.createDirectories(state.resolve("uploads"));
    try (var left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file); // of a process that was killed
      }
    }
    return folder;
  }

  private static ServerConnector connector(Server server, Settings settings) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(true);
    configuration.setRequestHeaderSize(HEADER_BYTES);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    ServerConnector connector;
    if (settings.tls().isPresent()) {
      configuration.addCustomizer(new SecureRequestCustomizer(false));
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setKeyStore(settings.tls().get().keys());
      context.setKeyStorePassword(PemFiles.PASSWORD);
      ConnectionFactory secure = new SslConnectionFactory(context, http.getProtocol());
      connector = new ServerConnector(server, ACCEPTORS, 1, secure, http);
    } else {
      connector = new ServerConnector(server, ACCEPTORS, 1, http);
    }
    connector.setHost(settings.listen().getAddress().getHostAddress());
    connector.setPort(settings.listen().getPort());
    connector.setIdleTimeout(settings.bounds().silence().toMillis());
    return connector;
  }

  /** Returns the port that the system gave, where 0 was asked for. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Returns the address of the page on this machine. */
  public URI page() {
    String scheme = settings.tls().isPresent() ? "https" : "http";
    String host = settings.listen().getAddress().getHostAddress();
    String shown =
        settings.listen().getAddress().isAnyLocalAddress()
            ? "localhost"
            : host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + shown + ":" + port() + settings.site().basePath() + "/");
  }

  /** Answers what was asked, within a bounded time, then ends all connections. */
  @Override
  public void close() {
    live.close();
    try {
      answers.shutdown().get(2, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // a client does not read
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  private void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
