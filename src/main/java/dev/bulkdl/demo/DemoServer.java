package dev.bulkdl.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves {@link DemoFile#ALL} to this machine only, until closed. Its port is the same each time if
 * it is free, so that the URLs stay and an interrupted demo can go on where it was.
 */
public final class DemoServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** Below those that systems give to clients. */
  private static final int PORT = 23857;

  private static final int ANY_PORT = 0;
  private static final long DRAIN_MILLIS = 2000;

  private final Server server;
  private final GracefulHandler answers;
  private final URI root;

  private DemoServer(Server server, GracefulHandler answers, int port) {
    this.server = server;
    this.answers = answers;
    this.root = URI.create("http://" + HOST + ":" + port + "/");
  }

  /**
   * Starts to serve.
   *
   * @throws IOException when no port can be had
   */
  public static DemoServer start() throws IOException {
    ByteBufferPool buffers = new ArrayByteBufferPool(0, 4096, Sending.BUFFER_SIZE);
    try {
      return start(buffers, PORT);
    } catch (BindException e) {
      return start(buffers, ANY_PORT);
    }
  }

  static DemoServer start(ByteBufferPool buffers) throws IOException {
    return start(buffers, ANY_PORT);
  }

  private static DemoServer start(ByteBufferPool buffers, int port) throws IOException {
    Server server = server(buffers);
    ServerConnector connector = connector(server, port);
    server.addConnector(connector);
    GracefulHandler answers = new GracefulHandler(new FileHandler(DemoFile.ALL));
    server.setHandler(answers);
    try {
      server.start();
    } catch (IOException e) {
      stop(server);
      throw e;
    } catch (Exception e) {
      stop(server);
      throw new IllegalStateException("the demo's server does not start", e);
    }
    return new DemoServer(server, answers, connector.getLocalPort());
  }

  private static Server server(ByteBufferPool buffers) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("demo");
    threads.setDaemon(true);
    return new Server(threads, null, buffers);
  }

  private static ServerConnector connector(Server server, int port) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // No acceptor threads: one that blocks in accept() while the server stops may still take a
    // connection, which then nobody closes.
    ServerConnector connector =
        new ServerConnector(server, 0, 1, new HttpConnectionFactory(configuration));
    connector.setHost(HOST);
    connector.setPort(port);
    connector.setIdleTimeout(0); // a paused run may keep its connections
    return connector;
  }

  /** Where the files are. */
  public URI root() {
    return root;
  }

  /** How many files there are. */
  public int fileCount() {
    return DemoFile.ALL.size();
  }

  /** How many bytes they have together. */
  public long bytes() {
    return DemoFile.ALL.stream().mapToLong(DemoFile::size).sum();
  }

  /** A manifest of all files, with sizes and hashes. */
  public String manifest() {
    return DemoFile.ALL.stream()
        .map(
            file ->
                "%s,%s,%d,%s\n"
                    .formatted(file.name(), root.resolve(file.name()), file.size(), file.sha256()))
        .collect(Collectors.joining("", "filename,url,size,sha256\n", ""));
  }

  /** Closes all connections. */
  @Override
  public void close() {
    drain();
    stop(server);
  }

  /**
   * Waits a bounded time until no answer is under way. For Jetty may block forever where it cancels
   * a write that just then fails because its client went, and clients that go are how a run ends.
   */
  private void drain() {
    try {
      answers.shutdown().get(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // A client that is there and does not read: such a write can be cancelled.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the demo's server does not stop", e);
    }
  }
}
