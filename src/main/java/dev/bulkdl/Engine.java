package dev.bulkdl;

import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.model.Proxies;
import dev.bulkdl.model.RateTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The resources that many runs share: the HTTP client with its buffers and timers, the connection
 * permits, the memory for disk writes, and the processors for hashing. Each run has its own folder,
 * control, listeners and limits. The limits of the engine hold for all its runs together.
 * Thread-safe.
 *
 * <p>A run may ask for fewer connections than the engine has. Its certificates, proxies and connect
 * timeout must be those of the engine.
 */
public final class Engine implements AutoCloseable {

  private final TransferEngine shared;

  private Engine(TransferEngine shared) {
    this.shared = shared;
  }

  /** Starts an engine with the defaults of {@link Builder}. */
  public static Engine start() throws IOException {
    return builder().start();
  }

  public static Builder builder() {
    return new Builder();
  }

  TransferEngine shared() {
    return shared;
  }

  /** Limits the bytes a second of all runs together from now on. The default is no limit. */
  public void limitRate(RateTable table) {
    shared.limitRate(table);
  }

  /**
   * Stops all runs, waits until each has saved its progress, unlocks their folders and closes all
   * connections. The engine holds no resources afterwards.
   */
  @Override
  public void close() {
    shared.close();
  }

  /** Collects the settings of an engine. Not thread-safe. */
  public static final class Builder {

    private EngineSettings settings = EngineSettings.DEFAULTS;

    private Builder() {}

    /**
     * Limits the connections in flight for all runs together. The default for both is 1024.
     *
     * @param inAll at least 1
     * @param perOrigin at least 1
     * @throws IllegalArgumentException when a limit is below 1
     */
    public Builder connections(int inAll, int perOrigin) {
      settings = settings.withConnections(inAll, perOrigin);
      return this;
    }

    /**
     * Limits the time for a TCP connection to one address, and again for its TLS handshake. The
     * default is 10 s.
     *
     * @throws IllegalArgumentException when the limit is not positive
     */
    public Builder connectTimeout(Duration limit) {
      settings = settings.withConnectTimeout(limit);
      return this;
    }

    /** Trusts the certificates of this PEM file in place of those of the system. */
    public Builder trust(Path cacert) {
      settings = settings.withCacert(cacert);
      return this;
    }

    /** Checks neither certificates nor host names. By default both are checked. */
    public Builder insecure() {
      settings = settings.withInsecure(true);
      return this;
    }

    /** Sends requests through these proxies. The default is none. */
    public Builder proxies(Proxies proxies) {
      settings = settings.withProxies(proxies);
      return this;
    }

    /**
     * Starts the engine.
     *
     * @throws IOException when the certificates cannot be read
     */
    public Engine start() throws IOException {
      return new Engine(TransferEngine.start(settings));
    }
  }
}
