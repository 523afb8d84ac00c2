package dev.bulkdl.http;

import dev.bulkdl.model.Origin;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one origin. It opens one for each waiting request, up to a limit that can
 * change. Jetty's own pool opens more than its limit while one is removed, or when a new one has
 * not taken its request yet.
 *
 * <p>It also opens connections ahead: those for which requests will probably come soon. A request
 * that finds one waits for no connect and no TLS handshake. If the server does not bear one, no
 * other is opened ahead. Thread-safe.
 */
final class BoundedConnectionPool extends DuplexConnectionPool {

  private final HttpDestination destination;
  private final Origin origin;
  private final JettyClient.Allowed allowed;
  private final ReentrantLock opening = new ReentrantLock();

  /** How many connections that are opened ahead are not open yet. */
  private final AtomicInteger pendingAhead = new AtomicInteger();

  private volatile boolean distrusted;
  private volatile boolean opensNoneAhead;

  /**
   * @param allowed the present limits; a request above them waits until a connection is released or
   *     closed
   */
  BoundedConnectionPool(Destination destination, JettyClient.Allowed allowed) {
    super(destination, Integer.MAX_VALUE); // the limit of Jetty's pool cannot change
    this.destination = (HttpDestination) destination;
    this.origin = MultiplexedPool.origin(this.destination);
    this.allowed = allowed;
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
  public @Nullable Connection acquire(boolean create) {
    if (!opensNoneAhead && !distrusted) {
      openAhead(); // first: a connection that was acquired is to be used at once
    }
    return super.acquire(create);
  }

  @Override
  protected void tryCreate(boolean create) {
    opening.lock();
    try {
      if (getConnectionCount() < allowed.perOrigin().getAsInt()) {
        super.tryCreate(false);
      }
    } finally {
      opening.unlock();
    }
  }

  private void openAhead() {
    int wanted = allowed.wanted().applyAsInt(origin);
    if (wanted <= getConnectionCount()) {
      return;
    }
    opening.lock();
    try {
      int more = Math.min(wanted, allowed.perOrigin().getAsInt()) - getConnectionCount();
      if (more > 0) {
        pendingAhead.addAndGet(more);
        var unused = preCreateConnections(more).exceptionally(this::failedAhead);
      }
    } finally {
      opening.unlock();
    }
  }

  private @Nullable Void failedAhead(Throwable failure) {
    pendingAhead.set(0);
    lostAhead();
    return null;
  }

  @Override
  protected void onCreated(Connection connection) {
    super.onCreated(connection);
    boolean isAhead = pendingAhead.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    if (isAhead && connection instanceof ReusableConnection created) {
      created.openedAhead();
    }
  }

  @Override
  protected void onRemoved(Connection connection) {
    super.onRemoved(connection);
    if (connection instanceof ReusableConnection removed && removed.wasRefusedUnused()) {
      lostAhead();
    }
  }

  /** From now on connections are opened only for requests, which learn why one fails. */
  void openNoneAhead() {
    opensNoneAhead = true;
  }

  private void lostAhead() {
    openNoneAhead();
    allowed.refusedAhead().accept(origin, getConnectionCount());
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
