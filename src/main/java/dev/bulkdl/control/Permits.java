package dev.bulkdl.control;

import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How many files and connections may be in flight, in all and to one origin. Several downloaders
 * may share one instance. Every permit is given back before any wait for time to pass.
 *
 * <p>Thread-safe. Permits are taken in one order, origin, file, connection, so no two threads wait
 * for each other.
 */
public final class Permits {

  private final int perOrigin;
  private final Semaphore files;
  private final Semaphore connections;
  private final Map<Origin, Semaphore> origins = new ConcurrentHashMap<>();

  public Permits(Limits limits) {
    this.perOrigin = limits.maxPerHost();
    this.files = new Semaphore(limits.maxFiles(), true);
    this.connections = new Semaphore(limits.maxConnections(), true);
  }

  /** The right to hold one connection, until closed; closing it again does nothing. */
  public static final class Lease implements AutoCloseable {
    private final AtomicReference<List<Semaphore>> held;

    private Lease(Semaphore... held) {
      this.held = new AtomicReference<>(List.of(held));
    }

    @Override
    public void close() {
      held.getAndSet(List.of()).forEach(Semaphore::release);
    }
  }

  /**
   * Waits for a connection to the origin on behalf of a file that has none.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  public Lease acquire(Origin origin, Cancellation cancellation) {
    Semaphore host = host(origin);
    cancellation.interruptibly(host::acquire);
    try {
      cancellation.interruptibly(files::acquire);
    } catch (RuntimeException e) {
      host.release();
      throw e;
    }
    try {
      cancellation.interruptibly(connections::acquire);
    } catch (RuntimeException e) {
      files.release();
      host.release();
      throw e;
    }
    return new Lease(connections, files, host);
  }

  /**
   * A further connection for a file that has one already, if one is idle and nobody waits for it.
   */
  public Optional<Lease> tryAcquire(Origin origin) {
    Semaphore host = host(origin);
    if (host.hasQueuedThreads() || connections.hasQueuedThreads() || !host.tryAcquire()) {
      return Optional.empty();
    }
    if (!connections.tryAcquire()) {
      host.release();
      return Optional.empty();
    }
    return Optional.of(new Lease(connections, host));
  }

  private Semaphore host(Origin origin) {
    return origins.computeIfAbsent(origin, ignored -> new Semaphore(perOrigin, true));
  }
}
