package dev.bulkdl.perf;

import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Nginx;
import dev.bulkdl.testkit.NginxProcess;
import dev.bulkdl.testkit.Output;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * nginx configured as a file server: plain, with TLS 1.3, and with a rate limit for each
 * connection.
 */
final class PerfServer implements AutoCloseable {
  private final int port = NginxProcess.freePort();
  private final int tlsPort = NginxProcess.freePort();
  private final Process process;

  PerfServer(Path data, Path home) throws IOException {
    Files.createDirectories(home);
    Path configuration = Files.writeString(home.resolve("nginx.conf"), configuration(data));
    process = NginxProcess.start(home, configuration);
    // The server listens now.
    new Output("nginx's log", process.getErrorStream())
        .await(text -> text.contains("start worker process"));
  }

  /** Returns the URI of a file for this way of delivery. */
  URI uri(Way way, String name) {
    String origin = way == Way.TLS ? "https://127.0.0.1:" + tlsPort : "http://127.0.0.1:" + port;
    return URI.create(origin + "/" + way.location + "/" + name);
  }

  /** The ways in which the server delivers files. */
  enum Way {
    PLAIN("plain"),
    TLS("plain"),
    /** 20 MiB a second for each connection. */
    CAPPED("capped"),
    /** 20 MiB a second for each connection, but a tenth of it for every fourth one. */
    UNEVEN("uneven"),
    /** 64 KiB a second for each connection. */
    TRICKLE("trickle");

    private final String location;

    Way(String location) {
      this.location = location;
    }
  }

  private String configuration(Path data) {
    return """
    daemon off;
    worker_processes auto;
    worker_rlimit_nofile 8192;
    error_log stderr notice;
    pid nginx.pid;
    events { worker_connections 4096; }
    http {
      access_log off;
      %s
      map $connection $uneven { "~(?:[02468][048]|[13579][26]|^[048])$" 2m; default 20m; }
      server {
        listen 127.0.0.1:%d backlog=4096;
        listen 127.0.0.1:%d ssl backlog=4096;
        ssl_protocols TLSv1.3;
        ssl_certificate "%s";
        ssl_certificate_key "%s";
        location /plain/ { alias "%s/"; }
        location /capped/ { alias "%s/"; limit_rate 20m; }
        location /uneven/ { alias "%s/"; limit_rate $uneven; }
        location /trickle/ { alias "%s/"; limit_rate 64k; }
      }
    }
    """
        .formatted(
            Nginx.HTTP_BASICS,
            port,
            tlsPort,
            Certificate.GOOD.pem(),
            Certificate.GOOD.keyPem(),
            data,
            data,
            data,
            data);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
