package dev.bulkdl.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Serves the metrics of one run at {@code /metrics} until closed. */
final class MetricsEndpoint implements AutoCloseable {

  private static final String PATH = "/metrics";
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String HOME =
      """
      <!doctype html><title>bulkdl</title>
      <h1>bulkdl</h1>
      <p><a href="/metrics">/metrics</a>: the metrics of the run, for Prometheus</p>
      <p><a href="/healthz">/healthz</a>: "ok" while the run lasts</p>
      """;
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
   * @param address with the port 0 for any free port
   * @throws IOException if the port cannot be opened
   */
  static MetricsEndpoint open(InetSocketAddress address, RunMetrics metrics) throws IOException {
    HttpServer server = HttpServer.create(address, 0);
    MetricsEndpoint endpoint = new MetricsEndpoint(server, metrics);
    server.setExecutor(task -> Thread.ofVirtual().name("scrape").start(task));
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  /** The URL of the metrics. */
  URI uri() {
    String host = server.getAddress().getAddress().getHostAddress();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + server.getAddress().getPort() + PATH);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case PATH -> send(exchange, TEXT_FORMAT, metrics.scrape());
        case "/" -> send(exchange, "text/html; charset=utf-8", HOME);
        case "/healthz" -> send(exchange, "text/plain; charset=utf-8", "ok\n");
        default -> exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
      }
    }
  }

  private static void send(HttpExchange exchange, String type, String body) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      exchange.sendResponseHeaders(NOT_ALLOWED, NO_BODY);
      return;
    }
    byte[] text = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(OK, text.length);
    exchange.getResponseBody().write(text);
  }
}
