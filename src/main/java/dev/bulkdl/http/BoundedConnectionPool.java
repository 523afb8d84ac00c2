package dev.bulkdl.http;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;

/**
 * The connections to one origin: one is opened for each request that waits, and no more than may be
 * open. Jetty's own pool opens one more when one is removed meanwhile, or has just come and not yet
 * taken its request.
 */
final class BoundedConnectionPool extends DuplexConnectionPool {

  private final HttpDestination destination;
  private final IntSupplier most;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile boolean distrusted;

  /**
   * @param most how many connections may be open now; a request that finds as many waits for the
   *     next that is given back or closed
   */
  BoundedConnectionPool(Destination destination, IntSupplier most) {
    super(destination, Integer.MAX_VALUE); // of the pool itself, which cannot change
    this.destination = (HttpDestination) destination;
    this.most = most;
  }

  /** From now on each connection serves one request: see {@link ReusableConnection}. */
  void distrust() {
    distrusted = true;
  }

  boolean isDistrusted() {
    return distrusted;
  }

  @Override
  protected void tryCreate(boolean create) {
    opening.lock();
    try {
      if (getConnectionCount() < most.getAsInt()) {
        super.tryCreate(false);
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Jetty looks for requests that wait after most of these calls, but not after all. Another thread
   * does it here, because the next connection may fail at once and be released in turn.
   */
  @Override
  public boolean release(Connection connection) {
    boolean kept = super.release(connection);
    if (destination.getQueuedRequestCount() > 0) {
      destination.getHttpClient().getExecutor().execute(this::proceed);
    }
    return kept;
  }
}
