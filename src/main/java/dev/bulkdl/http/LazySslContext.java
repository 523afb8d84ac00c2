package dev.bulkdl.http;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * A TLS context that is set up when the first connection needs it, because loading its library and
 * the system's certificates takes as long as the rest of the start. Thread-safe.
 */
final class LazySslContext extends SslContextFactory.Client {

  /**
   * The result of the setup.
   *
   * @param library the name and version of the TLS library
   * @param context the TLS context
   */
  record Ready(String library, SSLContext context) {}

  /** Creates the TLS context. */
  @FunctionalInterface
  interface Setup {
    Ready context() throws GeneralSecurityException;
  }

  private final Setup setup;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<String> library = Optional.empty();

  LazySslContext(boolean trustAll, Setup setup) {
    super(trustAll);
    this.setup = setup;
    if (trustAll) {
      setEndpointIdentificationAlgorithm(null);
    }
  }

  @Override
  protected void doStart() {
    // Nothing to start before prepare().
  }

  /**
   * Sets TLS up at the first call; later calls return at once. Call it before any other use.
   *
   * @throws SSLException if TLS cannot be set up on this system
   */
  void prepare() throws SSLException {
    if (library.isPresent()) {
      return;
    }
    lock.lock();
    try {
      if (library.isEmpty()) {
        library = Optional.of(load());
      }
    } finally {
      lock.unlock();
    }
  }

  /** The name and version of the TLS library; empty before the first use. */
  Optional<String> library() {
    return library;
  }

  private String load() throws SSLException {
    try {
      Ready made = setup.context();
      setSslContext(made.context());
      super.doStart();
      return made.library();
    } catch (Exception e) {
      throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
