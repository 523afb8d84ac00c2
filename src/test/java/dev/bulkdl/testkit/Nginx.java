package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A real nginx that serves a folder, plain and with TLS. {@code /a} is the file a, {@code /slow/a}
 * is the same file with a rate limit per connection, {@code /slow/gone} is always 503, {@code
 * /noranges/a} is the same file without ranges. {@code /limited/a} is the same file for 20 requests
 * a second, and six at once. Further requests get 429 and Retry-After. {@code /few/a} is the same
 * file slowly, for {@value #FEW} requests at a time; further ones get 429. Another port offers
 * HTTP/2.
 */
public final class Nginx implements AutoCloseable {
  /** How many requests below {@code /few/} are served at a time. */
  public static final int FEW = 5;

  /** The number of requests after which a connection of HTTP/2 gets GOAWAY. */
  public static final int HTTP2_REQUESTS = 100;

  /** nginx answers this request and does not log it. */
  private static final String ANOTHER = "/another-request";

  /**
   * The common part of each {@code http} block: its own temporary folders, files sent unchanged.
   */
  public static final String HTTP_BASICS =
      """
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      sendfile on;
      tcp_nopush on;
      keepalive_requests 1000000;
      """;

  private final NginxProcess process;

  private Nginx(Path root, String rate) {
    process = NginxProcess.start(3, ports -> configuration(ports, root, rate));
  }

  /** Returns the reason why nginx is missing, in one line. */
  public static Optional<String> missing() {
    return Programs.missing("nginx");
  }

  /** Skips the test with one line if there is no nginx. */
  public static void orSkip(String whatIsSkipped) {
    Programs.orSkip(whatIsSkipped, "nginx");
  }

  public static Nginx over(Path root) {
    return over(root, "256k");
  }

  /** Starts nginx with this rate for {@code /slow/}, such as {@code 64k}: bytes per second. */
  public static Nginx over(Path root, String rate) {
    try {
      return new Nginx(root.toRealPath(), rate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + process.port(0) + path);
  }

  /** Returns the https URI of a path. The certificate is {@link Certificate#GOOD}. */
  public URI tlsUri(String path) {
    return URI.create("https://127.0.0.1:" + process.port(1) + path);
  }

  /**
   * Returns the https URI of a path on a port that offers HTTP/2, and ends each connection after
   * {@value #HTTP2_REQUESTS} requests.
   */
  public URI http2Uri(String path) {
    return URI.create("https://127.0.0.1:" + process.port(2) + path);
  }

  /**
   * Returns lines of that port such as {@code HTTP/2.0 7 206 /a "bytes=0-999"}, with the number of
   * the connection.
   */
  public List<String> http2Log() {
    accessLog();
    try {
      Path log = process.home().resolve("http2.log");
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns lines such as {@code GET /a 206 1000 "bytes=0-999"}. nginx writes each line when a
   * request ends: after its last byte, but before its single worker process answers another
   * request.
   */
  public List<String> accessLog() {
    try (InputStream another = uri(ANOTHER).toURL().openStream()) {
      another.readAllBytes();
      return Files.readAllLines(process.home().resolve("access.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static String configuration(List<Integer> ports, Path root, String rate) {
    return """
    http {
      log_format short '$request_method $request_uri $status $body_bytes_sent "$http_range"';
      access_log access.log short;
      limit_req_zone $binary_remote_addr zone=limited:1m rate=20r/s;
      limit_req_status 429;
      limit_conn_zone $binary_remote_addr zone=few:1m;
      limit_conn_status 429;
      %s
      server {
        listen 127.0.0.1:%d backlog=1024;
        listen 127.0.0.1:%d ssl backlog=1024;
        ssl_certificate "%s";
        ssl_certificate_key "%s";
        root "%s";
        location = %s { access_log off; return 200 "here"; }
        location /slow/ { alias "%s/"; limit_rate %s; }
        location /limited/ {
          alias "%s/";
          limit_req zone=limited burst=5 nodelay;
          error_page 429 @later;
        }
        location @later { add_header Retry-After 1 always; return 429; }
        location /noranges/ { alias "%s/"; max_ranges 0; }
        location /few/ { alias "%s/"; limit_conn few %d; limit_rate 50k; }
        location ~ ^/slow/gone { return 503; }
      }
      log_format two '$server_protocol $connection $status $request_uri "$http_range"';
      server {
        listen 127.0.0.1:%d ssl http2 backlog=1024;
        keepalive_requests %d;
        access_log http2.log two;
        ssl_certificate "%s";
        ssl_certificate_key "%s";
        root "%s";
        location /slow/ { alias "%s/"; limit_rate %s; }
      }
    }
    """
        .formatted(
            HTTP_BASICS,
            ports.get(0),
            ports.get(1),
            Certificate.GOOD.pem(),
            Certificate.GOOD.keyPem(),
            root,
            ANOTHER,
            root,
            rate,
            root,
            root,
            root,
            FEW,
            ports.get(2),
            HTTP2_REQUESTS,
            Certificate.GOOD.pem(),
            Certificate.GOOD.keyPem(),
            root,
            root,
            rate);
  }
}
