package dev.bulkdl.testkit;

import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An embedded Jetty on its own port. Its handler runs on virtual threads and may block. */
final class JettyHost implements AutoCloseable {
  private final Answering answering;
  private final Server server;
  private final ServerConnector connector;
  private final int port;

  JettyHost(Optional<Certificate> certificate, Traffic traffic, Handler handler) {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    // No acceptor threads: a thread that blocks in accept() while the port is closed may still
    // accept a connection, and nobody closes that connection.
    connector =
        certificate
            .map(shown -> new ServerConnector(server, 0, 1, tls(shown), http))
            .orElseGet(() -> new ServerConnector(server, 0, 1, http));
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(0);
    // A small send buffer: the bytes written to the socket are close to the bytes that the client
    // has received.
    connector.setAcceptedSendBufferSize(256 << 10);
    connector.setAcceptQueueSize(1024);
    connector.addBean(counting(traffic));
    server.addConnector(connector);
    answering = new Answering(handler);
    server.setHandler(answering);
    calling(server::start);
    port = connector.getLocalPort();
    connector.setPort(port);
  }

  int port() {
    return port;
  }

  /** Closes all connections and refuses new ones. */
  void down() {
    cutOff();
    calling(connector::stop);
  }

  /** Listens again, on the same port. */
  void up() {
    calling(connector::start);
  }

  @Override
  public void close() {
    cutOff();
    calling(server::stop);
  }

  /**
   * Ends every response before Jetty stops. Otherwise Jetty may block for ever: this happens when
   * it cancels a write that fails at the same moment because the client closed the connection.
   */
  private void cutOff() {
    connector.close();
    connector.getConnectedEndPoints().forEach(EndPoint::close);
    answering.awaitNone();
  }

  private static SslConnectionFactory tls(Certificate certificate) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(certificate.keyStore());
    context.setKeyStorePassword(Certificate.password());
    return new SslConnectionFactory(context, "http/1.1");
  }

  private static Connection.Listener counting(Traffic traffic) {
    return new Connection.Listener() {
      @Override
      public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
          traffic.opened(connection);
        }
      }

      @Override
      public void onClosed(Connection connection) {
        traffic.closed(connection);
      }
    };
  }

  /** Counts the responses in progress. */
  private static final class Answering extends Handler.Wrapper {
    private final Monitor monitor = new Monitor();
    private int count;

    Answering(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      monitor.change(() -> count++);
      Request.addCompletionListener(request, failure -> monitor.change(() -> count--));
      return super.handle(request, response, callback);
    }

    void awaitNone() {
      monitor.await(() -> count == 0, () -> "no answer under way, there are " + count);
    }
  }

  private static void calling(Action action) {
    try {
      action.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Action {
    void run() throws Exception;
  }
}
