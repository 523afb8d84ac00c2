package dev.bulkdl.control;

import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many files and connections a run may have in flight, in all and to one origin. Runs of one
 * engine have permits of their own, below those of the engine. Every permit is given back before
 * any wait for time to pass.
 *
 * <p>Thread-safe. Permits are taken in one order (the run's origin, file and connection, then the
 * engine's origin and connection), so no two threads wait for each other.
 */
public final class Permits {

  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore files;
  private final ResizableSemaphore connections;
  private final SlowedOrigins slowed = new SlowedOrigins();
  private final OriginPermits origins = new OriginPermits(this::perOrigin);
  private final LeaseRegistry leases = new LeaseRegistry();
  private final Optional<Permits> engine;
  private volatile ConnectionLimits limits;

  /** Permits that are bound by nothing else. */
  public Permits(Limits limits) {
    this(limits, Optional.empty());
  }

  private Permits(Limits limits, Optional<Permits> engine) {
    this.limits = ConnectionLimits.of(limits);
    this.files = new Semaphore(limits.maxFiles(), true);
    this.connections = new ResizableSemaphore(() -> this.limits.inAll());
    this.engine = engine;
  }

  /**
   * Permits of one run, within these, which all runs share. The limit of files is the run's own.
   */
  public Permits forRun(Limits own) {
    return new Permits(own, Optional.of(this));
  }

  /**
   * Waits for a connection to the origin on behalf of a file that has none.
   *
   * @throws java.util.concurrent.CancellationException when the work is to stop
   */
  public Lease acquire(Origin origin, Cancellation cancellation) {
    List<Semaphore> wanted = new ArrayList<>(List.of(origins.enter(origin), files, connections));
    engine.ifPresent(shared -> wanted.addAll(shared.enter(origin)));
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
    if (isExhausted(origin)) {
      return Optional.empty(); // this is asked at every buffer, so a lock is out of the question
    }
    List<Semaphore> wanted = new ArrayList<>(enter(origin));
    engine.ifPresent(shared -> wanted.addAll(shared.enter(origin)));
    Deque<Semaphore> held = new ArrayDeque<>();
    for (Semaphore permits : wanted) {
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
      origins.follow();
      surplus = revokeSurplus(origins.all());
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
    int asking = origins.users(origin) + 1; // the one that was just refused asks again
    slowed.slowDown(origin, Math.min(asking, perOrigin(origin)));
    origins.find(origin).ifPresent(ResizableSemaphore::follow);
  }

  /** The origin answers: if it was slowed down, it may have more connections by and by. */
  public void answered(Origin origin) {
    if (!slowed.isEmpty()) {
      slowed.answered(origin, limits.perOrigin());
      origins.find(origin).ifPresent(ResizableSemaphore::follow);
    }
  }

  private int perOrigin(Origin origin) {
    return slowed.allowed(origin, limits.perOrigin());
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
    return origins.count();
  }

  private List<Semaphore> enter(Origin origin) {
    return List.of(origins.enter(origin), connections);
  }

  private boolean isExhausted(Origin origin) {
    return connections.isExhausted()
        || origins.isExhausted(origin)
        || (engine.isPresent() && engine.get().isExhausted(origin));
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

  private List<Lease> revokeSurplus(Iterable<Origin> changed) {
    List<Lease> surplus = new ArrayList<>();
    for (Origin origin : changed) {
      if (origins.find(origin).filter(ResizableSemaphore::isOverdrawn).isPresent()) {
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
    origins.leave(origin);
    engine.ifPresent(shared -> shared.origins.leave(origin));
  }
}
