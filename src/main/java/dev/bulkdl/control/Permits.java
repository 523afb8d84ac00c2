package dev.bulkdl.control;

import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many files and connections may be in flight, in all and to one origin. Several downloaders
 * may share one instance. Every permit is given back before any wait for time to pass.
 *
 * <p>Thread-safe. Permits are taken in one order, origin, file, connection, so no two threads wait
 * for each other.
 */
public final class Permits {

  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore files;
  private final Limit connections;
  private final Map<Origin, Host> hosts = new ConcurrentHashMap<>();
  private final SlowedOrigins slowed = new SlowedOrigins();
  private final Leases leases = new Leases();
  private volatile ConnectionLimits limits;

  public Permits(Limits limits) {
    this.limits = ConnectionLimits.of(limits);
    this.files = new Semaphore(limits.maxFiles(), true);
    this.connections = new Limit(() -> this.limits.inAll());
  }

  /** An origin's permits, kept while anyone has or wants one: a run may know a million origins. */
  private record Host(Limit permits, int users) {
    Host with(int more) {
      return new Host(permits, users + more);
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
    return lend(new Lease(origin, false, cancellation, held, this::giveBack));
  }

  /**
   * A further connection for a file that has one already, if one is idle and nobody waits for it.
   */
  public Optional<Lease> tryAcquire(Origin origin, Cancellation cancellation) {
    Host known = hosts.get(origin);
    if (connections.isExhausted() || (known != null && known.permits.isExhausted())) {
      return Optional.empty(); // this is asked at every buffer, so a lock is out of the question
    }
    Deque<Semaphore> held = new ArrayDeque<>();
    for (Semaphore permits : List.of(enter(origin), connections)) {
      if (permits.hasQueuedThreads() || !permits.tryAcquire()) {
        giveBack(origin, held);
        return Optional.empty();
      }
      held.push(permits);
    }
    return Optional.of(lend(new Lease(origin, true, cancellation, held, this::giveBack)));
  }

  /**
   * Allows so many connections more, or fewer, at once: by the limit for each origin while that one
   * binds, else by the limit in all, and never below 1. What is above a lowered limit is wanted
   * back: connections that are their file's further ones first, then the newest.
   */
  public void change(int delta) {
    List<Lease> surplus;
    lock.lock();
    try {
      limits = limits.changed(delta, origins());
      connections.follow();
      hosts.values().forEach(host -> host.permits.follow());
      surplus = revokeSurplus(hosts.keySet());
    } finally {
      lock.unlock();
    }
    surplus.forEach(Lease::cut);
  }

  /**
   * The origin asks for fewer requests: from now on it may have half as many connections, at least
   * one. Those that it has stay open, and the next one is lent when enough are given back.
   */
  public void slowDown(Origin origin) {
    Host host = hosts.get(origin);
    int asking = host == null ? 1 : host.users + 1; // whoever was just refused asks again
    slowed.slowDown(origin, Math.min(asking, perOrigin(origin)));
    follow(origin);
  }

  /** The origin answers: if it was slowed down, it may have more connections by and by. */
  public void answered(Origin origin) {
    if (!slowed.isEmpty()) {
      slowed.answered(origin, limits.perOrigin());
      follow(origin);
    }
  }

  private int perOrigin(Origin origin) {
    return slowed.allowed(origin, limits.perOrigin());
  }

  private void follow(Origin origin) {
    Host host = hosts.get(origin);
    if (host != null) {
      host.permits.follow();
    }
  }

  /** How many connections there may be now, to the origins that anyone has or wants one to. */
  public int allowed() {
    return limits.allowed(origins());
  }

  /** How many connections there may be now, to all origins there are. */
  public int allowedInAll() {
    return limits.inAll();
  }

  /** How many connections there may be now, to any one origin. */
  public int allowedPerOrigin() {
    return limits.allowed(1);
  }

  /** How many connections are lent now, to all origins. */
  public int taken() {
    return limits.inAll() - connections.availablePermits();
  }

  /** How many origins are known now. */
  int origins() {
    return hosts.size();
  }

  private Limit enter(Origin origin) {
    Host entered =
        hosts.compute(
            origin,
            (same, host) ->
                host == null ? new Host(new Limit(() -> perOrigin(origin)), 1) : host.with(1));
    Limit permits = Objects.requireNonNull(entered).permits();
    permits.follow(); // a change that came before the origin was known has passed it by
    return permits;
  }

  /** A limit may have been lowered since the permits were taken. */
  private Lease lend(Lease lease) {
    List<Lease> surplus;
    lock.lock();
    try {
      leases.add(lease);
      surplus = revokeSurplus(Set.of(lease.origin()));
    } finally {
      lock.unlock();
    }
    surplus.forEach(Lease::cut);
    return lease;
  }

  private List<Lease> revokeSurplus(Set<Origin> origins) {
    List<Lease> surplus = new ArrayList<>();
    for (Origin origin : origins) {
      Host host = hosts.get(origin);
      if (host != null && host.permits.isOverdrawn()) {
        surplus.addAll(
            leases.revokeAbove(limits.perOrigin(), lease -> lease.origin().equals(origin)));
      }
    }
    if (connections.isOverdrawn()) {
      surplus.addAll(leases.revokeAbove(limits.inAll(), lease -> true));
    }
    return surplus;
  }

  private void giveBack(Lease lease) {
    lock.lock();
    try {
      leases.remove(lease);
      giveBack(lease.origin(), lease.held());
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Origin origin, Deque<Semaphore> held) {
    held.forEach(Semaphore::release);
    hosts.computeIfPresent(origin, (same, host) -> host.users() == 1 ? null : host.with(-1));
  }
}
