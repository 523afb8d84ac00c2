package dev.bulkdl.cli;

import dev.bulkdl.model.NoProxy;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.Proxy;
import dev.bulkdl.text.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for proxies. */
final class ProxyOptions {

  /**
   * The environment variables that other programs read for the same settings. {@code HTTP_PROXY} is
   * missing on purpose, because a request to a web server could set it.
   */
  static final Map<String, List<String>> VARIABLES =
      Map.of(
          "--http-proxy", List.of("http_proxy", "all_proxy", "ALL_PROXY"),
          "--https-proxy", List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"),
          "--no-proxy", List.of("no_proxy", "NO_PROXY"));

  @Option(
      names = "--http-proxy",
      paramLabel = "URL",
      converter = ProxyUrl.class,
      description = "The proxy for http URLs (http_proxy, all_proxy in the environment).")
  private @Nullable Proxy http;

  @Option(
      names = "--https-proxy",
      paramLabel = "URL",
      converter = ProxyUrl.class,
      description = "The proxy for https URLs (https_proxy, all_proxy in the environment).")
  private @Nullable Proxy https;

  @Option(
      names = "--no-proxy",
      paramLabel = "HOSTS",
      description = "Hosts, domains and networks reached without one (no_proxy); * for all.")
  private String direct = "";

  Proxies proxies() {
    return new Proxies(
        Optional.ofNullable(http), Optional.ofNullable(https), NoProxy.parse(direct));
  }

  /** Reads a proxy's URL. The error message does not repeat its password. */
  static final class ProxyUrl implements ITypeConverter<Proxy> {
    @Override
    public Proxy convert(String text) {
      try {
        return Proxy.parse(text.strip());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'"
                + Redaction.ofBrokenUri(text.strip())
                + "' is no http or https proxy; "
                + "write for example http://proxy.example:3128");
      }
    }
  }
}
