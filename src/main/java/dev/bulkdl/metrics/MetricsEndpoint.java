package dev.bulkdl.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulkdl.event.TransferListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Serves the metrics of one run at {@code /metrics} on the loopback address until closed. */
public final class MetricsEndpoint implements AutoCloseable {

  private static final String PATH = "/metrics";
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final long NO_BODY = -1;

  private final HttpServer server;
  private final RunMetrics metrics;

  private MetricsEndpoint(HttpServer server, RunMetrics metrics) {
    this.server = server;
    this.metrics = metrics;
  }

  /**
   * Starts the server.
   *
   * @param port 0 for any free port
   * @param version the program's version
   * @throws IOException if the port cannot be opened
   */
  public static MetricsEndpoint open(int port, String version) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    MetricsEndpoint endpoint = new MetricsEndpoint(server, new RunMetrics(version));
    server.setExecutor(task -> Thread.ofVirtual().name("scrape").start(task));
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  /** The URL of the metrics. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /** The listener that must receive the run's events. */
  public TransferListener listener() {
    return metrics;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      } else if (method.equals("GET")) {
        byte[] text = metrics.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT_FORMAT);
        exchange.sendResponseHeaders(OK, text.length);
        exchange.getResponseBody().write(text);
      } else {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(NOT_ALLOWED, NO_BODY);
      }
    }
  }
}
