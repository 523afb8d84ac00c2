package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all runs on an engine. A connection that becomes free goes to the waiting run
 * that has the fewest for its weight. A run that waits while another has more than its share gets a
 * connection of that one back. Thread-safe.
 */
final class EngineConnections {

  /** A file that has just got its connection may be small. It is asked again after this time. */
  private static final long ASK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

  private final Supplier<ConnectionLimits> limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Origin, Integer> usedOf = new ConcurrentHashMap<>();
  private final Set<Share> shares = new LinkedHashSet<>();
  private volatile int used;

  EngineConnections(Supplier<ConnectionLimits> limits) {
    this.limits = limits;
  }

  /** One run's part of the connections. */
  final class Share {

    private volatile int weight;
    private final Predicate<Origin> giveUpOne;
    private final Map<Origin, Integer> usedOfOrigin = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int usedInAll;

    /** Connections that it gives up and still has. */
    private int givenUp;

    private Share(int weight, Predicate<Origin> giveUpOne) {
      this.weight = weight;
      this.giveUpOne = giveUpOne;
    }

    /** Sets another weight. Connections move as soon as files wait for them. */
    void weigh(int other) {
      weight = other;
    }

    /**
     * Waits for a connection to the origin.
     *
     * @param first whether it goes before the others of its run
     */
    Releasable acquire(Origin origin, boolean first) throws InterruptedException {
      EngineConnections.this.await(new Waiter(this, origin, lock.newCondition()), first);
      return () -> release(this, origin);
    }

    /** Returns a connection if one is free for which no file waits. */
    Optional<Releasable> tryAcquire(Origin origin) {
      lock.lock();
      try {
        if (isExhausted(origin)) {
          return Optional.empty();
        }
        take(this, origin);
        return Optional.of(() -> release(this, origin));
      } finally {
        lock.unlock();
      }
    }

    private int usedOf(Origin origin) {
      return usedOfOrigin.getOrDefault(origin, 0);
    }
  }

  /** A thread that waits. The fields change under the lock. */
  private static final class Waiter {

    private final Share share;
    private final Origin origin;
    private final Condition turn;
    private boolean granted;

    private Waiter(Share share, Origin origin, Condition turn) {
      this.share = share;
      this.origin = origin;
      this.turn = turn;
    }
  }

  /**
   * Returns the part of a new run.
   *
   * @param weight how much it gets beside other runs
   * @param giveUpOne makes the run give up a connection to the origin, and returns whether it does
   */
  Share share(int weight, Predicate<Origin> giveUpOne) {
    return new Share(weight, giveUpOne);
  }

  /** Returns the number of connections in use. */
  int used() {
    return used;
  }

  /** Returns how many connections are free; below 0 after the limit was lowered. */
  int free() {
    return limits.get().inAll() - used;
  }

  /** Returns how many connections to this origin are free. */
  int free(Origin origin) {
    return limits.get().perOrigin() - usedOf.getOrDefault(origin, 0);
  }

  /** Returns whether no connection to this origin is free. Takes no lock. */
  boolean isExhausted(Origin origin) {
    return free() <= 0 || free(origin) <= 0;
  }

  private void await(Waiter waiter, boolean first) throws InterruptedException {
    enter(waiter, first);
    try {
      Optional<Share> richest = richestIfNotGranted(waiter);
      while (richest.isPresent()) {
        askBack(richest.get(), waiter);
        richest = richestIfNotGranted(waiter);
      }
    } catch (InterruptedException | RuntimeException e) {
      leave(waiter);
      throw e;
    }
  }

  private void enter(Waiter waiter, boolean first) {
    lock.lock();
    try {
      shares.add(waiter.share);
      if (first) {
        waiter.share.waiters.addFirst(waiter);
      } else {
        waiter.share.waiters.addLast(waiter);
      }
      serve();
    } finally {
      lock.unlock();
    }
  }

  private void leave(Waiter waiter) {
    lock.lock();
    try {
      if (waiter.granted) {
        release(waiter.share, waiter.origin);
      } else {
        waiter.share.waiters.remove(waiter);
        forgetIfIdle(waiter.share);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the connection is granted, or another run should give one up.
   *
   * @return that run; empty if the connection is granted
   */
  private Optional<Share> richestIfNotGranted(Waiter waiter) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<Share> richest = waiter.granted ? Optional.empty() : richest(waiter);
      while (!waiter.granted && richest.isEmpty()) {
        long unused = waiter.turn.awaitNanos(ASK_EVERY);
        richest = waiter.granted ? Optional.empty() : richest(waiter);
      }
      richest.ifPresent(share -> share.givenUp++);
      return richest;
    } finally {
      lock.unlock();
    }
  }

  /** Without the lock: the run takes its own lock, under which it gives connections back. */
  private void askBack(Share richest, Waiter waiter) throws InterruptedException {
    boolean givesUp = richest.giveUpOne.test(waiter.origin);
    lock.lockInterruptibly();
    try {
      if (!givesUp) {
        richest.givenUp = Math.max(0, richest.givenUp - 1);
      }
      long left = ASK_EVERY;
      while (!waiter.granted && left > 0) {
        left = waiter.turn.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the run that has most for its weight, if it has more than the waiter's would have. */
  private Optional<Share> richest(Waiter waiter) {
    Share poor = waiter.share;
    Origin origin = waiter.origin;
    Share richest = poor;
    int onTheirWay = 0;
    for (Share share : shares) {
      onTheirWay += share.givenUp;
      if (load(share, origin, -share.givenUp) > load(richest, origin, -richest.givenUp)) {
        richest = share;
      }
    }
    boolean isFairer =
        richest != poor
            && load(richest, origin, -richest.givenUp - 1) >= load(poor, origin, 1 + onTheirWay);
    return isFairer ? Optional.of(richest) : Optional.empty();
  }

  /** Returns how much of the scarce connections a run has, for its weight. */
  private double load(Share share, Origin origin, int more) {
    int has = free(origin) < free() ? share.usedOf(origin) : share.usedInAll;
    return (double) (has + more) / share.weight;
  }

  private void serve() {
    Optional<Waiter> next = next();
    while (next.isPresent()) {
      Waiter waiter = next.get();
      waiter.share.waiters.remove(waiter);
      take(waiter.share, waiter.origin);
      waiter.granted = true;
      waiter.turn.signal();
      next = next();
    }
  }

  private Optional<Waiter> next() {
    Waiter best = null;
    for (Share share : free() > 0 ? shares : Set.<Share>of()) {
      Waiter first = firstWithRoom(share);
      if (first != null
          && (best == null || load(share, first.origin, 0) < load(best.share, first.origin, 0))) {
        best = first;
      }
    }
    return Optional.ofNullable(best);
  }

  private @Nullable Waiter firstWithRoom(Share share) {
    for (Waiter waiter : share.waiters) {
      if (free(waiter.origin) > 0) {
        return waiter;
      }
    }
    return null;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  private void take(Share share, Origin origin) {
    shares.add(share);
    used++;
    share.usedInAll++;
    usedOf.merge(origin, 1, Integer::sum);
    share.usedOfOrigin.merge(origin, 1, Integer::sum);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  private void release(Share share, Origin origin) {
    lock.lock();
    try {
      used--;
      share.usedInAll--;
      share.givenUp = Math.max(0, share.givenUp - 1);
      usedOf.computeIfPresent(origin, (same, count) -> count == 1 ? null : count - 1);
      share.usedOfOrigin.computeIfPresent(origin, (same, count) -> count == 1 ? null : count - 1);
      forgetIfIdle(share);
      serve();
    } finally {
      lock.unlock();
    }
  }

  private void forgetIfIdle(Share share) {
    if (share.usedInAll == 0 && share.waiters.isEmpty()) {
      shares.remove(share);
    }
  }
}
