package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real nginx that offers HTTP/2 before another server. It passes everything on as it comes, so
 * the faults of that server become faults of HTTP/2.
 */
public final class NginxFront implements AutoCloseable {

  private final NginxProcess process;

  private NginxFront(String origin) {
    process = NginxProcess.start(1, ports -> configuration(ports.getFirst(), origin));
  }

  /**
   * Starts it.
   *
   * @param origin the server behind it, such as {@code http://127.0.0.1:40123}
   */
  public static NginxFront before(String origin) {
    return new NginxFront(origin);
  }

  /** Returns the https URI of a path. The certificate is {@link Certificate#GOOD}. */
  public URI uri(String path) {
    return URI.create("https://127.0.0.1:" + process.port(0) + path);
  }

  /** Returns lines such as {@code HTTP/2.0 206 /a}, of requests that have ended. */
  public List<String> log() {
    Path log = process.home().resolve("front.log");
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static String configuration(int port, String origin) {
    return """
    http {
      log_format protocol '$server_protocol $status $request_uri';
      access_log front.log protocol;
      %s
      server {
        listen 127.0.0.1:%d ssl http2 backlog=1024;
        ssl_certificate "%s";
        ssl_certificate_key "%s";
        location / {
          proxy_pass %s;
          proxy_http_version 1.1;
          proxy_buffering off;
          proxy_next_upstream off;
        }
      }
    }
    """
        .formatted(
            Nginx.HTTP_BASICS, port, Certificate.GOOD.pem(), Certificate.GOOD.keyPem(), origin);
  }
}
