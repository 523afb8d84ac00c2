package dev.bulkdl.http;

import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS that is set up for the first connection that needs it: to load its library and the system's
 * certificates takes as long as all the rest of a start. Thread-safe.
 */
final class LazySslContext extends SslContextFactory.Client {

  /**
   * What was made.
   *
   * @param library the name of the library that encrypts, with its version
   */
  record Ready(String library, SSLContext context) {}

  /** Makes what is late. */
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
    // Nothing yet: see prepare().
  }

  /**
   * To be called before any other use; returns at once but for the first time.
   *
   * @throws SSLException when this system's TLS cannot be used
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

  /** The library that encrypts, with its version; empty before the first use. */
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
