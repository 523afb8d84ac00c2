package dev.bulkdl.demo;

import java.io.IOException;
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
 * Serves {@link DemoFile#ALL} on the loopback address until closed. It uses the same port each time
 * if that port is free. So the URLs stay the same, and an interrupted demo can resume.
 */
public final class DemoServer implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** Below the range from which systems assign client ports. */
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
   * Starts the server.
   *
   * @throws IOException if no port can be opened
   */
  public static DemoServer start() throws IOException {
    ByteBufferPool buffers = new ArrayByteBufferPool(0, 4096, Sending.BUFFER_SIZE);
    try {
      return start(buffers, PORT);
    } catch (IOException e) { // another demo has it; Jetty throws no BindException
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
    // No acceptor threads: one that blocks in accept() while the server stops can still accept a
    // connection, which nobody closes then.
    ServerConnector connector =
        new ServerConnector(server, 0, 1, new HttpConnectionFactory(configuration));
    connector.setHost(HOST);
    connector.setPort(port);
    connector.setIdleTimeout(0); // a paused run may keep its connections
    return connector;
  }

  /** The URL of the root folder. */
  public URI root() {
    return root;
  }

  /** The number of files. */
  public int fileCount() {
    return DemoFile.ALL.size();
  }

  /** The total size of the files in bytes. */
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
   * Waits for a bounded time until no response is in progress. Jetty may block forever when it
   * cancels a write that fails at the same moment because the client disconnected. Clients that
   * disconnect are the usual end of a run.
   */
  private void drain() {
    try {
      answers.shutdown().get(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // A connected client does not read. Jetty can cancel such a write.
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
