package dev.bulkdl.http;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;

/**
 * The connections to one origin. It opens one for each waiting request, up to a limit that can
 * change. Jetty's own pool opens more than its limit while one is removed, or when a new one has
 * not taken its request yet. Thread-safe.
 */
final class BoundedConnectionPool extends DuplexConnectionPool {

  private final HttpDestination destination;
  private final IntSupplier maxConnections;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile boolean distrusted;

  /**
   * @param maxConnections the present limit; a request above it waits until a connection is
   *     released or closed
   */
  BoundedConnectionPool(Destination destination, IntSupplier maxConnections) {
    super(destination, Integer.MAX_VALUE); // the limit of Jetty's pool cannot change
    this.destination = (HttpDestination) destination;
    this.maxConnections = maxConnections;
  }

  /** Makes each connection serve only one request from now on; see {@link ReusableConnection}. */
  void distrust() {
    distrusted = true;
  }

  boolean isDistrusted() {
    return distrusted;
  }

  /** Closes one connection that no request uses, if there is one. */
  void closeIdle() {
    Connection idle = activate();
    if (idle != null) {
      idle.close();
    }
  }

  @Override
  protected void tryCreate(boolean create) {
    opening.lock();
    try {
      if (getConnectionCount() < maxConnections.getAsInt()) {
        super.tryCreate(false);
      }
    } finally {
      opening.unlock();
    }
  }

  /**
   * Releases a connection, and then starts waiting requests. Jetty does the latter after most
   * releases, but not after all. It runs on another thread here, because the next connection can
   * fail at once and be released in turn.
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
