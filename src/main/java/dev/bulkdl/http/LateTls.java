package dev.bulkdl.http;

import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS that is set up for the first connection that needs it: to load its library and the system's
 * certificates takes as long as all the rest of a start. Thread-safe.
 */
final class LateTls extends SslContextFactory.Client {

  /** Makes what is late. */
  @FunctionalInterface
  interface Setup {
    SSLContext context() throws GeneralSecurityException;
  }

  private final Setup setup;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean ready;

  LateTls(boolean trustAll, Setup setup) {
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
    if (ready) {
      return;
    }
    lock.lock();
    try {
      if (!ready) {
        load();
        ready = true;
      }
    } finally {
      lock.unlock();
    }
  }

  private void load() throws SSLException {
    try {
      setSslContext(setup.context());
      super.doStart();
    } catch (Exception e) {
      throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }
}
