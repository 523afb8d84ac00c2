package dev.bulkdl.cli;

import dev.bulkdl.serve.DaemonSettings;
import dev.bulkdl.serve.RefusedException;
import dev.bulkdl.serve.web.Services;
import dev.bulkdl.serve.web.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the daemon. None of them can be changed by its API. */
final class ServeOptions {

  private static final Pattern LISTEN =
      Pattern.compile("(?:(\\[[^\\]]+\\]|[^:\\[\\]]+):)?(\\d{1,5})");
  private static final Pattern BASE = Pattern.compile("(/[A-Za-z0-9._~-]+)*/?");
  private static final int MOST_PORT = 65_535;

  @Mixin private ServeFolders folders;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen; [::1]:8017 for IPv6 (${DEFAULT-VALUE}).")
  private String listen = "127.0.0.1:8017";

  @Option(
      names = "--allow-network",
      paramLabel = "CIDR",
      split = ",",
      description = "A private network from which users may download, such as 10.1.0.0/16.")
  private List<String> allowNetworks = List.of();

  @Option(
      names = "--base-path",
      paramLabel = "PATH",
      description = "The path of the page, such as /bulkdl behind a proxy.")
  private String basePath = "";

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      split = ",",
      description = "An address that browsers use, such as https://dl.example.org.")
  private List<String> publicUrls = List.of();

  @Option(
      names = "--trusted-proxy",
      paramLabel = "CIDR",
      split = ",",
      description = "A network of proxies whose X-Forwarded-For is believed.")
  private List<String> proxies = List.of();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Speak TLS with this certificate and its chain (PEM).")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key (PEM, PKCS#8).")
  private @Nullable Path key;

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      converter = Counts.Positive.class,
      description = "Jobs that run at one time (${DEFAULT-VALUE}).")
  private int mostJobs = 4;

  @Option(
      names = "--keep-history",
      paramLabel = "DAYS",
      converter = Counts.Positive.class,
      description = "Remove a job from the history so many days after its end; its files stay.")
  private @Nullable Integer keepHistory;

  @Option(
      names = "--drain",
      description = "When stopped, start no more jobs and wait for those that run.")
  private boolean drain;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  ServeOptions() {}

  boolean drains() {
    return drain;
  }

  DaemonSettings settings() throws RefusedException {
    return new DaemonSettings(
        address(),
        folders.folders(),
        new DaemonSettings.Web(
            new WebServer.SiteOptions(base(), urls(), proxies), Optional.ofNullable(tls())),
        allowNetworks.stream()
            .map(network -> new Services.Given(network, "--allow-network"))
            .toList(),
        mostJobs,
        Optional.ofNullable(keepHistory).map(Duration::ofDays));
  }

  private InetSocketAddress address() throws RefusedException {
    Matcher parts = LISTEN.matcher(listen.strip());
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : MOST_PORT + 1;
    if (port > MOST_PORT) {
      throw new RefusedException(
          "--listen: '" + listen + "' is no address; write for example 127.0.0.1:8017");
    }
    String host = Optional.ofNullable(parts.group(1)).orElse("127.0.0.1");
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new RefusedException(
          "--listen: '" + host + "' is no address of this machine; write for example 127.0.0.1");
    }
  }

  private String base() throws RefusedException {
    if (!BASE.matcher(basePath).matches()) {
      throw new RefusedException(
          "--base-path: '" + basePath + "' is no path; write for example /bulkdl");
    }
    return basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath;
  }

  private List<URI> urls() throws RefusedException {
    List<URI> urls = new java.util.ArrayList<>();
    for (String text : publicUrls) {
      try {
        URI url = new URI(text.strip());
        boolean isWeb =
            "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (isWeb && url.getHost() != null) {
          urls.add(url);
          continue;
        }
      } catch (URISyntaxException e) {
        // said below
      }
      throw new RefusedException(
          "--public-url: '" + text + "' is no address; write for example https://dl.example.org");
    }
    return urls;
  }

  private WebServer.@Nullable Tls tls() throws RefusedException {
    if ((certificate == null) != (key == null)) {
      throw new RefusedException("give both --tls-cert and --tls-key, or none of them");
    }
    try {
      return certificate == null || key == null ? null : WebServer.Tls.of(certificate, key);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--tls-cert and --tls-key: " + e.getMessage());
    }
  }
}
