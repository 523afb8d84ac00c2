package dev.bulkdl.engine;

import dev.bulkdl.model.Proxies;
import dev.bulkdl.settings.AddressPolicy;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of an engine, which hold for all its runs. A run may ask for fewer connections. Its
 * certificates, proxies and connect timeout must be those of the engine.
 *
 * @param maxConnections connections in flight for all runs together, at least 1
 * @param maxPerHost connections in flight to one origin for all runs together, at least 1
 * @param connectTimeout the limit for a connection, and again for its TLS handshake
 * @param cacert PEM certificates to trust in place of the system's
 * @param insecure true if certificates and host names are not checked
 * @param proxies the proxies for requests
 * @param addresses which addresses may be connected to
 */
public record EngineSettings(
    int maxConnections,
    int maxPerHost,
    Duration connectTimeout,
    Optional<Path> cacert,
    boolean insecure,
    Proxies proxies,
    AddressPolicy addresses) {

  private static final int MANY = 1024;

  /** At most {@value #MANY} connections, the system's certificates, no proxy. */
  public static final EngineSettings DEFAULTS =
      new EngineSettings(
          MANY,
          MANY,
          Timeouts.DEFAULTS.connect(),
          HttpSettings.DEFAULTS.cacert(),
          HttpSettings.DEFAULTS.insecure(),
          HttpSettings.DEFAULTS.proxies(),
          AddressPolicy.OPEN);

  public EngineSettings {
    // The other settings check these.
    Limits.DEFAULTS.withMaxConnections(maxConnections).withMaxPerHost(maxPerHost);
    Timeouts.DEFAULTS.withConnect(connectTimeout);
  }

  /**
   * Returns these settings with the certificates, proxies and connect timeout of a run's settings.
   */
  public EngineSettings with(HttpSettings http, Timeouts timeouts) {
    return new EngineSettings(
        maxConnections,
        maxPerHost,
        timeouts.connect(),
        http.cacert(),
        http.insecure(),
        http.proxies(),
        addresses);
  }

  /**
   * Returns these settings with these limits for all runs together.
   *
   * @throws IllegalArgumentException when a limit is below 1
   */
  public EngineSettings withConnections(int inAll, int perHost) {
    return new EngineSettings(inAll, perHost, connectTimeout, cacert, insecure, proxies, addresses);
  }

  public EngineSettings withConnectTimeout(Duration limit) {
    return new EngineSettings(
        maxConnections, maxPerHost, limit, cacert, insecure, proxies, addresses);
  }

  public EngineSettings withCacert(Path pem) {
    Optional<Path> other = Optional.of(pem);
    return new EngineSettings(
        maxConnections, maxPerHost, connectTimeout, other, insecure, proxies, addresses);
  }

  public EngineSettings withInsecure(boolean other) {
    return new EngineSettings(
        maxConnections, maxPerHost, connectTimeout, cacert, other, proxies, addresses);
  }

  public EngineSettings withProxies(Proxies other) {
    return new EngineSettings(
        maxConnections, maxPerHost, connectTimeout, cacert, insecure, other, addresses);
  }

  /** Returns these settings with these rules for addresses. */
  public EngineSettings with(AddressPolicy other) {
    return new EngineSettings(
        maxConnections, maxPerHost, connectTimeout, cacert, insecure, proxies, other);
  }

  HttpSettings http() {
    return new HttpSettings(List.of(), cacert, insecure, proxies);
  }

  /** These limits are held: each run finds for itself how many connections pay below them. */
  Limits limits() {
    return Limits.FIXED.withMaxConnections(maxConnections).withMaxPerHost(maxPerHost);
  }
}
