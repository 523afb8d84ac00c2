package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Semaphores for the files and connections that a run can have in flight, in total and for each
 * origin. Each run on an engine has its own permits, and the engine's permits limit all runs
 * together ({@link EngineConnections}). Every permit is released before a timed wait, such as a
 * retry delay.
 *
 * <p>Thread-safe. Permits are taken in a fixed order (the run's origin, file and connection, then
 * the engine's origin and connection). This prevents deadlocks.
 */
public final class Permits {

  private final ReentrantLock lock = new ReentrantLock();
  private final int maxFiles;
  private final TurnSemaphore files;
  private final ResizableSemaphore connections;
  private final SlowedOrigins slowed = new SlowedOrigins();
  private final OriginPermits origins = new OriginPermits(this::perOrigin);
  private final SharedConnections shared;
  private final LeaseRegistry leases = new LeaseRegistry();
  private final EngineConnections ofAllRuns = new EngineConnections(() -> this.limits);
  private final Optional<Permits> engine;
  private final Optional<EngineConnections.Share> share;
  private final Optional<OriginPaces> paces;
  private final Ticker ticker;
  private volatile ConnectionLimits limits;
  private volatile Waiters waiters = Waiters.NONE;

  /** Creates permits without an outer limit. */
  public Permits(Limits limits) {
    this(limits, Optional.empty(), HostRules.KNOWN, Ticker.system());
  }

  Permits(Limits limits, Optional<Permits> engine, HostRules rules, Ticker ticker) {
    this.limits = ConnectionLimits.of(limits);
    this.ticker = ticker;
    this.paces = limits.adaptive() ? Optional.of(new OriginPaces(rules, ticker)) : Optional.empty();
    this.maxFiles = limits.maxFiles();
    this.files = new TurnSemaphore(maxFiles);
    this.connections = new ResizableSemaphore(() -> this.limits.inAll());
    this.shared = new SharedConnections(files, this::perOrigin, this::feedbackOfShared);
    this.engine = engine;
    this.share = engine.map(all -> all.ofAllRuns.share(limits.weight(), this::giveUpOne));
  }

  /**
   * Returns the permits of one run, limited by these permits, which all runs share. The limit of
   * files is the run's own.
   */
  public Permits forRun(Limits own) {
    return new Permits(own, Optional.of(this), HostRules.KNOWN, Ticker.system());
  }

  /**
   * Waits for a connection to the origin, for a file that has none.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  public Lease acquire(Origin origin, Cancellation cancellation) {
    return acquire(origin, cancellation, false);
  }

  /**
   * Waits for a connection to the origin, for a file whose content is complete and that needs one
   * last request. It goes before the files that have not begun; otherwise a complete file would
   * wait until all of them have begun.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  public Lease acquireToFinish(Origin origin, Cancellation cancellation) {
    return acquire(origin, cancellation, true);
  }

  /**
   * Does the same as {@link #acquire} for a request that shares a connection over HTTP/2 with other
   * requests to the origin. Such a lease is not revoked.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  public Lease acquireShared(Origin origin, Cancellation cancellation) {
    return shared.acquire(
        key(origin),
        cancellation,
        TurnSemaphore::acquireInTurn,
        () -> acquire(origin, cancellation));
  }

  /**
   * Does the same as {@link #acquireToFinish} for a request that shares a connection over HTTP/2.
   *
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  public Lease acquireSharedToFinish(Origin origin, Cancellation cancellation) {
    return shared.acquire(
        key(origin),
        cancellation,
        TurnSemaphore::acquire,
        () -> acquireToFinish(origin, cancellation));
  }

  /** Returns the number of connections to this origin that requests share now. */
  public int sharedConnections(Origin origin) {
    return shared.connections(key(origin));
  }

  /** Returns what is left of the permits for a file of this origin. */
  public Room room(Origin wanted) {
    Origin origin = key(wanted);
    int freeFiles = files.availablePermits();
    int ofOrigin = origins.free(origin);
    int inAll = connections.availablePermits();
    if (engine.isPresent()) {
      ofOrigin = Math.min(ofOrigin, engine.get().ofAllRuns.free(origin));
      inAll = Math.min(inAll, engine.get().ofAllRuns.free());
    }
    int most = perOrigin(origin);
    if (shared.connections(origin) > 0) {
      return new Room(
          Math.max(ofOrigin, shared.free(origin)), shared.most(origin), freeFiles, maxFiles);
    }
    int mostInAll = Math.min(maxFiles, limits.inAll());
    return new Room(ofOrigin, most, Math.min(freeFiles, inAll), mostInAll);
  }

  /**
   * The permits that a file could get without a wait.
   *
   * @param ofOrigin those of its origin; below 0 if too many are taken
   * @param mostOfOrigin the largest number of them
   * @param inAll those of all origins together; below 0 if too many are taken
   * @param mostInAll the largest number of them
   */
  public record Room(int ofOrigin, int mostOfOrigin, int inAll, int mostInAll) {}

  /** The rows of a run that have not begun. They go before further connections of files. */
  public interface Waiters {

    Waiters NONE =
        new Waiters() {
          @Override
          public boolean wants(Origin origin) {
            return false;
          }

          @Override
          public void look() {}
        };

    /** Returns whether a row is waiting for a connection to this origin. Must be quick. */
    boolean wants(Origin origin);

    /** Called when there may be more room. */
    void look();
  }

  /** Sets the rows that wait, until the registration is closed. */
  public Cancellation.Registration serve(Waiters rows) {
    waiters = rows;
    return () -> waiters = Waiters.NONE;
  }

  /** A way to wait for a permit. */
  @FunctionalInterface
  interface Waiting {
    void acquire(TurnSemaphore permits) throws InterruptedException;
  }

  private Lease acquire(Origin wantedOrigin, Cancellation cancellation, boolean first) {
    Origin origin = key(wantedOrigin);
    List<TurnSemaphore> wanted = List.of(origins.enter(origin), files, connections);
    Deque<Releasable> held = new ArrayDeque<>();
    try {
      for (TurnSemaphore permits : wanted) {
        cancellation.interruptibly(first ? permits::acquire : permits::acquireInTurn);
        held.push(permits);
      }
      share.ifPresent(
          all -> cancellation.interruptibly(() -> held.push(all.acquire(origin, first))));
    } catch (RuntimeException e) {
      giveBack(origin, held);
      throw e;
    }
    return lend(origin, false, cancellation, held);
  }

  /**
   * Returns a further connection for a file that already has one. Returns empty if no connection is
   * free, or another thread or a row waits for one.
   */
  public Optional<Lease> tryAcquire(Origin wantedOrigin, Cancellation cancellation) {
    Origin origin = key(wantedOrigin);
    if (isExhausted(origin)) {
      return Optional.empty(); // this is called for every buffer, so it must not take a lock
    }
    if (files.availablePermits() > 0 && waiters.wants(wantedOrigin)) {
      return Optional.empty();
    }
    Deque<Releasable> held = new ArrayDeque<>();
    for (TurnSemaphore permits : List.of(origins.enter(origin), connections)) {
      if (permits.hasQueuedThreads() || !permits.tryAcquire()) {
        giveBack(origin, held);
        return Optional.empty();
      }
      held.push(permits);
    }
    if (share.isPresent()) {
      Optional<Releasable> ofAll = share.get().tryAcquire(origin);
      if (ofAll.isEmpty()) {
        giveBack(origin, held);
        return Optional.empty();
      }
      held.push(ofAll.get());
    }
    return Optional.of(lend(origin, true, cancellation, held));
  }

  /**
   * Gives up a connection because another run has fewer for its weight. Small files end soon by
   * themselves.
   *
   * @return whether a connection becomes free
   */
  private boolean giveUpOne(Origin origin) {
    boolean ofOrigin = engine.filter(all -> all.ofAllRuns.free(origin) <= 0).isPresent();
    List<Lease> surplus;
    lock.lock();
    try {
      surplus = leases.revokeOne(ofOrigin ? Optional.of(origin) : Optional.empty(), ticker.nanos());
    } finally {
      lock.unlock();
    }
    surplus.forEach(Lease::cut);
    return !surplus.isEmpty();
  }

  /**
   * Changes the number of allowed connections by {@code delta}, effective at once and never below
   * 1. It changes the limit per origin if that one is effective, else the total limit. Leases above
   * a lowered limit are revoked: further connections of a file first, then the newest.
   */
  public void change(int delta) {
    List<Lease> surplus;
    lock.lock();
    try {
      limits = (delta < 0 ? limits.perOriginAtMost(mostFound()) : limits).changed(delta, origins());
      paces.ifPresent(all -> all.limit(limits.perOrigin()));
      connections.follow();
      origins.follow();
      surplus = revokeSurplus(origins.all());
    } finally {
      lock.unlock();
    }
    surplus.forEach(Lease::cut);
    waiters.look();
  }

  /** A ceiling above the numbers that were found has no effect, so it is lowered from these. */
  private int mostFound() {
    int most = 0;
    for (Origin origin : origins.all()) {
      most = Math.max(most, perOrigin(origin));
    }
    return most == 0 || paces.isEmpty() ? Integer.MAX_VALUE : most;
  }

  /**
   * Halves the number of connections that the origin can have, down to at least 1, because it asked
   * for fewer requests. Open connections stay open. A new lease is granted only when enough are
   * released.
   */
  public void slowDown(Origin origin) {
    if (paces.isPresent()) {
      return; // the holder of the refused connection has reported it
    }
    int asking =
        origins.users(origin) + 1; // plus the request that was just refused: it will ask again
    slowed.slowDown(origin, Math.min(asking, perOrigin(origin)));
    origins.find(origin).ifPresent(ResizableSemaphore::follow);
  }

  /**
   * Records a good response or a large amount of content from the origin. An origin that was slowed
   * down gets its connections back step by step.
   */
  private void answered(Origin origin) {
    if (!slowed.isEmpty()) {
      slowed.answered(origin, limits.perOrigin());
      origins.find(origin).ifPresent(ResizableSemaphore::follow);
    }
  }

  private int perOrigin(Origin origin) {
    return paces
        .map(all -> all.allowed(origin, limits.perOrigin()))
        .orElseGet(() -> slowed.allowed(origin, limits.perOrigin()));
  }

  private Origin key(Origin origin) {
    return paces.map(all -> all.key(origin)).orElse(origin);
  }

  /** Returns the number of connections allowed now for this origin. */
  public int allowed(Origin origin) {
    return perOrigin(key(origin));
  }

  /** Returns whether the origin is known to answer 403 where others answer 429. */
  public boolean isRefusedBy403(Origin origin) {
    return paces.map(all -> all.isRefusedBy403(origin)).orElse(false);
  }

  /** Returns the largest number of connections to the origin at a time; 0 if not measured. */
  public int mostInUse(Origin origin) {
    return paces.map(all -> all.mostInUse(key(origin))).orElse(0);
  }

  /** Returns why this number of connections is allowed for the origin, in a few words. */
  public String reason(Origin origin) {
    return paces.map(all -> all.reason(key(origin))).orElse("fixed");
  }

  /**
   * Returns the number of connections allowed now, for the origins that have or want a connection.
   */
  public int allowed() {
    if (paces.isEmpty() || origins() == 0) {
      return limits.allowed(origins());
    }
    long all = 0;
    for (Origin origin : origins.all()) {
      all += perOrigin(origin);
    }
    return Math.clamp(all, 1, limits.inAll());
  }

  /** Returns the number of connections allowed now for all origins together. */
  public int allowedInAll() {
    return limits.inAll();
  }

  /** Returns the number of connections allowed now for a single origin. */
  public int allowedPerOrigin() {
    return limits.allowed(1);
  }

  /** Returns the number of connections in use now, for all origins together. */
  public int taken() {
    return limits.inAll() - connections.availablePermits() + ofAllRuns.used();
  }

  /** Returns the number of origins that have or want a connection. */
  int origins() {
    return origins.count();
  }

  private boolean isExhausted(Origin origin) {
    return connections.isExhausted()
        || origins.isExhausted(origin)
        || (engine.isPresent() && engine.get().ofAllRuns.isExhausted(origin));
  }

  /** Makes the lease. Revokes leases if a limit was lowered after the permits were taken. */
  private Lease lend(
      Origin origin, boolean further, Cancellation cancellation, Deque<Releasable> held) {
    Lease lease = new Lease(origin, further, cancellation, held, feedback(origin), this::giveBack);
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

  private Feedback feedback(Origin origin) {
    return paces.isPresent()
        ? PacedConnection.begin(pace(origin), ticker, () -> paceChanged(origin))
        : new CountedConnection(origin, this::answered);
  }

  /** The connection that requests share is counted once, when its permit is taken. */
  private Feedback feedbackOfShared(Origin origin) {
    return paces.isPresent()
        ? PacedConnection.shared(pace(origin), ticker, () -> paceChanged(origin))
        : new CountedConnection(origin, this::answered);
  }

  private OriginPace pace(Origin origin) {
    return paces.orElseThrow().of(origin, limits.perOrigin());
  }

  /** Applies a changed number of connections of the origin. */
  private void paceChanged(Origin origin) {
    List<Lease> surplus;
    lock.lock();
    try {
      origins.find(origin).ifPresent(ResizableSemaphore::follow);
      surplus = leases.revokeLong(perOrigin(origin), origin, ticker.nanos());
    } finally {
      lock.unlock();
    }
    surplus.forEach(Lease::cut);
    waiters.look();
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
    if (connections.availablePermits() > 0 && !origins.isExhausted(lease.origin())) {
      waiters.look(); // else a file that waits already takes it
    }
  }

  private void giveBack(Origin origin, Deque<Releasable> held) {
    held.forEach(Releasable::release);
    origins.leave(origin);
  }
}
