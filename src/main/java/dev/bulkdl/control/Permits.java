package dev.bulkdl.control;

import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final int inAll;
  private final int perOrigin;
  private final Semaphore files;
  private final Semaphore connections;
  private final Map<Origin, Host> hosts = new ConcurrentHashMap<>();

  public Permits(Limits limits) {
    this.inAll = limits.maxConnections();
    this.perOrigin = limits.maxPerHost();
    this.files = new Semaphore(limits.maxFiles(), true);
    this.connections = new Semaphore(limits.maxConnections(), true);
  }

  /** An origin's permits, kept while anyone has or wants one: a run may know a million origins. */
  private record Host(Semaphore permits, int users) {
    Host with(int more) {
      return new Host(permits, users + more);
    }
  }

  /** The right to hold one connection, until closed; closing it again does nothing. */
  public static final class Lease implements AutoCloseable {
    private final AtomicReference<Runnable> giveBack;

    private Lease(Runnable giveBack) {
      this.giveBack = new AtomicReference<>(giveBack);
    }

    @Override
    public void close() {
      giveBack.getAndSet(() -> {}).run();
    }
  }

  /**
   * Waits for a connection to the origin on behalf of a file that has none.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  public Lease acquire(Origin origin, Cancellation cancellation) {
    List<Semaphore> wanted = List.of(enter(origin), files, connections);
    Deque<Semaphore> held = new ArrayDeque<>();
    try {
      for (Semaphore permits : wanted) {
        cancellation.interruptibly(permits::acquire);
        held.push(permits);
      }
    } catch (RuntimeException e) {
      giveBack(origin, held);
      throw e;
    }
    return new Lease(() -> giveBack(origin, held));
  }

  /**
   * A further connection for a file that has one already, if one is idle and nobody waits for it.
   */
  public Optional<Lease> tryAcquire(Origin origin) {
    Deque<Semaphore> held = new ArrayDeque<>();
    for (Semaphore permits : List.of(enter(origin), connections)) {
      if (permits.hasQueuedThreads() || !permits.tryAcquire()) {
        giveBack(origin, held);
        return Optional.empty();
      }
      held.push(permits);
    }
    return Optional.of(new Lease(() -> giveBack(origin, held)));
  }

  /** How many connections there may be now, to the origins that anyone has or wants one to. */
  public int allowed() {
    return (int) Math.min(inAll, (long) perOrigin * Math.max(1, origins()));
  }

  /** How many origins are known now. */
  int origins() {
    return hosts.size();
  }

  private Semaphore enter(Origin origin) {
    Host entered =
        hosts.compute(
            origin,
            (same, host) ->
                host == null ? new Host(new Semaphore(perOrigin, true), 1) : host.with(1));
    return Objects.requireNonNull(entered).permits();
  }

  private void giveBack(Origin origin, Deque<Semaphore> held) {
    held.forEach(Semaphore::release);
    hosts.computeIfPresent(origin, (same, host) -> host.users() == 1 ? null : host.with(-1));
  }
}
