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
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
  private final ResizableSemaphore files;
  private final ResizableSemaphore connections;
  private final OriginAllowances allowances;
  private final OriginPermits origins;
  private final SharedConnections shared;
  private final LeaseRegistry leases = new LeaseRegistry();
  private final EngineConnections ofAllRuns = new EngineConnections(() -> this.limits);
  private final Optional<Permits> engine;
  private final Optional<EngineConnections.Share> share;
  private final Ticker ticker;
  private final int usualFiles;
  private final int usualSegments;
  private volatile ConnectionLimits limits;
  private volatile int maxFiles;
  private volatile int segments;
  private volatile Waiters waiters = Waiters.NONE;

  /** Creates permits without an outer limit. */
  public Permits(Limits limits) {
    this(limits, Optional.empty(), Ticker.system());
  }

  Permits(Limits limits, Optional<Permits> engine, Ticker ticker) {
    this.limits = ConnectionLimits.of(limits);
    this.ticker = ticker;
    this.allowances = new OriginAllowances(limits, () -> this.limits, ticker);
    this.origins = new OriginPermits(allowances::of);
    this.usualFiles = limits.maxFiles();
    this.maxFiles = usualFiles;
    this.usualSegments = limits.segments();
    this.segments = usualSegments;
    this.files = new ResizableSemaphore(() -> this.maxFiles);
    this.connections = new ResizableSemaphore(() -> this.limits.inAll());
    this.shared = new SharedConnections(files, allowances::of, this::feedbackOfShared);
    this.engine = engine;
    this.share = engine.map(all -> all.ofAllRuns.share(limits.weight(), this::giveUpOne));
  }

  /**
   * Returns the permits of one run, limited by these permits, which all runs share. The limit of
   * files is the run's own.
   */
  public Permits forRun(Limits own) {
    return new Permits(own, Optional.of(this), Ticker.system());
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
        new Lease.Use(origin, key(origin), false, cancellation),
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
        new Lease.Use(origin, key(origin), false, cancellation),
        TurnSemaphore::acquire,
        () -> acquireToFinish(origin, cancellation));
  }

  /** Returns the number of connections to this origin that requests share now. */
  public int sharedConnections(Origin origin) {
    return shared.connections(key(origin));
  }

  /**
   * Returns how many connections to this origin are to be open: those in use, and those that will
   * probably be allowed soon, if there is work for them. Takes no lock.
   *
   * @return 0 if none is to be opened before it is used
   */
  public int wanted(Origin wanted) {
    Origin origin = key(wanted);
    Optional<OriginPace> pace = allowances.pace(origin);
    int further = pace.map(each -> each.further(allowances.ceiling(origin))).orElse(0);
    if (further == 0 || shared.connections(origin) > 0) {
      return 0;
    }
    int free = Math.max(0, origins.free(origin));
    boolean forParts = pace.filter(OriginPace::isWanted).isPresent();
    int useful = forParts ? free + further : Math.min(free + further, waiters.waiting(wanted));
    return allowances.of(origin) - free + Math.clamp(useful, 0, Math.max(0, freeInAll(origin)));
  }

  private int freeInAll(Origin origin) {
    int free = connections.availablePermits();
    if (engine.isPresent()) {
      EngineConnections all = engine.get().ofAllRuns;
      free = Math.min(free, Math.min(all.free(), all.free(origin)));
    }
    return free;
  }

  /**
   * Records that a server did not bear a connection that was opened ahead.
   *
   * @param borne the number of connections that it bore
   */
  public void refusedAhead(Origin wanted, int borne) {
    Origin origin = key(wanted);
    boolean changed =
        allowances
            .pace(origin)
            .filter(pace -> pace.refusedAhead(borne, ticker.nanos()))
            .isPresent();
    if (changed) {
      paceChanged(origin);
    }
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
    int most = allowances.of(origin);
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
          public int waiting(Origin origin) {
            return 0;
          }

          @Override
          public void look() {}
        };

    /** Returns how many rows wait for a connection to this origin. Must be quick. */
    int waiting(Origin origin);

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
    return lend(new Lease.Use(wantedOrigin, origin, false, cancellation), held);
  }

  /**
   * Returns a further connection for a file that already has one. Returns empty if no connection is
   * free, or another thread or a row waits for one.
   */
  public Optional<Lease> tryAcquire(Origin wantedOrigin, Cancellation cancellation) {
    Origin origin = key(wantedOrigin);
    if (isExhausted(origin)) { // this is called for every buffer, so it must not take a lock
      allowances.pace(origin).ifPresent(OriginPace::want);
      return Optional.empty();
    }
    if (files.availablePermits() > 0 && waiters.waiting(wantedOrigin) > 0) {
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
    Lease lease = lend(new Lease.Use(wantedOrigin, origin, true, cancellation), held);
    if (lease.isRevoked()) {
      lease.close(); // the user's limits do not allow it
      return Optional.empty();
    }
    return Optional.of(lease);
  }

  /**
   * Gives up a connection because another run has fewer for its weight. Small files end soon by
   * themselves.
   *
   * @return whether a connection becomes free
   */
  private boolean giveUpOne(Origin origin) {
    boolean ofOrigin = engine.filter(all -> all.ofAllRuns.free(origin) <= 0).isPresent();
    Optional<Origin> among = ofOrigin ? Optional.of(origin) : Optional.empty();
    return cutSurplus(() -> leases.revokeOne(among, ticker.nanos()));
  }

  /**
   * Changes the number of allowed connections by {@code delta}, effective at once and never below
   * 1. It changes the limit per origin if that one is effective, else the total limit. Leases above
   * a lowered limit are revoked: further connections of a file first, then the newest.
   */
  public void change(int delta) {
    int mostFound = allowances.mostFound(origins.all());
    limit(
        before ->
            (delta < 0 ? before.perOriginAtMost(mostFound) : before).changed(delta, origins()));
  }

  /** Sets the largest number of connections in all, effective as {@link #change}. */
  public void limitInAll(int connections) {
    limit(before -> new ConnectionLimits(connections, before.perOrigin()));
  }

  /** Sets the largest number of connections to each origin, effective as {@link #change}. */
  public void limitPerOrigin(int connections) {
    limit(before -> new ConnectionLimits(before.inAll(), connections));
  }

  private void limit(UnaryOperator<ConnectionLimits> change) {
    cutSurplus(
        () -> {
          limits = change.apply(limits);
          allowances.follow();
          connections.follow();
          origins.follow();
          return revokeSurplus(origins.all());
        });
    waiters.look();
  }

  /**
   * Sets the largest number of files in flight. The newest above a lowered limit lose their
   * connections. Requests that share connections end by themselves.
   */
  void limitFiles(int most) {
    cutSurplus(
        () -> {
          maxFiles = most;
          files.follow();
          return files.isOverdrawn() ? leases.revokeFiles(most) : List.of();
        });
    waiters.look();
  }

  /** Sets how much this run gets beside other runs on its engine. */
  void weigh(int weight) {
    share.ifPresent(all -> all.weigh(weight));
  }

  /** Sets the largest number of connections of a file. Those above it are revoked. */
  void limitSegments(int most) {
    cutSurplus(
        () -> {
          segments = most;
          return leases.revokeSegments(most);
        });
  }

  /** Returns the largest number of connections of a file. */
  public int segments() {
    return segments;
  }

  /** Returns the largest number of files in flight. */
  public int maxFiles() {
    return maxFiles;
  }

  /**
   * Pauses a host: its connections are revoked, further connections of files first. Nobody gets one
   * before {@link #resumeHost}.
   *
   * @param host in its canonical spelling
   * @return false if it is paused already
   */
  boolean pauseHost(String host) {
    boolean isNew = allowances.pause(host);
    cutSurplus(
        () -> {
          List<Lease> revoked = new ArrayList<>(leases.revokeAbove(0, lease -> isTo(host, lease)));
          revoked.addAll(shared.revoke(host));
          return revoked;
        });
    return isNew;
  }

  private static boolean isTo(String host, Lease lease) {
    return lease.use().origin().canonicalHost().equals(host);
  }

  /**
   * Ends the pause of a host.
   *
   * @return false if it was not paused
   */
  boolean resumeHost(String host) {
    return allowances.resume(host);
  }

  /**
   * Runs a change under the lock, and then cuts the leases that it has revoked.
   *
   * @return whether there were any
   */
  private boolean cutSurplus(Supplier<List<Lease>> change) {
    List<Lease> surplus;
    lock.lock();
    try {
      surplus = change.get();
    } finally {
      lock.unlock();
    }
    surplus.forEach(Lease::cut);
    return !surplus.isEmpty();
  }

  /**
   * Halves the number of connections that the origin can have, down to at least 1, because it asked
   * for fewer requests. Open connections stay open. A new lease is granted only when enough are
   * released.
   */
  public void slowDown(Origin refused) {
    Origin origin = key(refused);
    int asking =
        origins.users(origin) + 1; // plus the request that was just refused: it will ask again
    if (allowances.slowDown(origin, asking)) {
      origins.find(origin).ifPresent(ResizableSemaphore::follow);
    }
  }

  /**
   * Records a good response or a large amount of content from the origin. An origin that was slowed
   * down gets its connections back step by step.
   */
  private void answered(Origin origin) {
    if (allowances.answered(origin)) {
      origins.find(origin).ifPresent(ResizableSemaphore::follow);
    }
  }

  private Origin key(Origin origin) {
    return allowances.key(origin);
  }

  /** Returns how many connections each origin may have now, and why. */
  public OriginAllowances allowances() {
    return allowances;
  }

  /**
   * Returns the number of connections allowed now, for the origins that have or want a connection.
   */
  public int allowed() {
    if (origins() == 0) {
      return limits.allowed(0);
    }
    long all = 0;
    for (Origin origin : origins.all()) {
      all += allowances.expected(origin);
    }
    return Math.clamp(all, 1, limits.inAll());
  }

  /** Returns the number of connections allowed now for all origins together. */
  public int allowedInAll() {
    return limits.inAll();
  }

  /** Returns the number of connections allowed now for an origin without a rule of its own. */
  int usualPerOrigin() {
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

  /** Whether a further connection to the origin is free. Takes no lock. */
  public boolean hasFree(Origin origin) {
    return !isExhausted(key(origin));
  }

  private boolean isExhausted(Origin origin) {
    return connections.isExhausted()
        || origins.isExhausted(origin)
        || (engine.isPresent() && engine.get().ofAllRuns.isExhausted(origin));
  }

  /** Makes the lease. Revokes leases if a limit was lowered after the permits were taken. */
  private Lease lend(Lease.Use use, Deque<Releasable> held) {
    Lease lease = new Lease(use, held, feedback(use.key()), this::giveBack);
    cutSurplus(
        () -> {
          leases.add(lease);
          List<Lease> surplus = revokeSurplus(Set.of(lease.key()));
          if (files.isOverdrawn()) {
            surplus.addAll(leases.revokeFiles(maxFiles));
          }
          if (segments != usualSegments) {
            surplus.addAll(leases.revokeSegments(segments));
          }
          if (isRefused(use) && lease.revoke()) {
            surplus.add(lease);
          }
          return surplus;
        });
    return lease;
  }

  /** What the user has changed while the permits were waited for. */
  private boolean isRefused(Lease.Use use) {
    return allowances.isPaused(use.origin())
        || (use.further() && maxFiles != usualFiles && leases.isSurplus(use.whole(), maxFiles));
  }

  private Feedback feedback(Origin origin) {
    return allowances
        .pace(origin)
        .<Feedback>map(pace -> PacedConnection.begin(pace, ticker, () -> paceChanged(origin)))
        .orElseGet(() -> new CountedConnection(origin, this::answered));
  }

  /** The connection that requests share is counted once, when its permit is taken. */
  private Feedback feedbackOfShared(Origin origin) {
    return allowances
        .pace(origin)
        .<Feedback>map(pace -> PacedConnection.shared(pace, ticker, () -> paceChanged(origin)))
        .orElseGet(() -> new CountedConnection(origin, this::answered));
  }

  /** Applies a changed number of connections of the origin. */
  private void paceChanged(Origin origin) {
    cutSurplus(
        () -> {
          origins.find(origin).ifPresent(ResizableSemaphore::follow);
          return leases.revokeLong(allowances.of(origin), origin, ticker.nanos());
        });
    waiters.look();
  }

  private List<Lease> revokeSurplus(Iterable<Origin> changed) {
    List<Lease> surplus = new ArrayList<>();
    for (Origin origin : changed) {
      if (origins.find(origin).filter(ResizableSemaphore::isOverdrawn).isPresent()) {
        surplus.addAll(
            leases.revokeAbove(allowances.ceiling(origin), lease -> lease.key().equals(origin)));
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
      giveBack(lease.key(), lease.held());
    } finally {
      lock.unlock();
    }
    if (connections.availablePermits() > 0 && !origins.isExhausted(lease.key())) {
      waiters.look(); // else a file that waits already takes it
    }
  }

  private void giveBack(Origin origin, Deque<Releasable> held) {
    held.forEach(Releasable::release);
    origins.leave(origin);
  }
}
