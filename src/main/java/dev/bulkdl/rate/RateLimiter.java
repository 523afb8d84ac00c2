package dev.bulkdl.rate;

import dev.bulkdl.model.Rate;
import dev.bulkdl.model.RateTable;
import dev.bulkdl.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A limit of bytes a second that many connections share. The connections of a run wait in the order
 * in which they came; runs share the limit by weight. A changed limit holds at once, also for those
 * that wait. Thread-safe.
 */
public final class RateLimiter {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The largest part of a second that one connection takes at a time. */
  private static final int PIECES_PER_SECOND = 50;

  /** All that wait take their pieces in about this part of a second. */
  private static final int ROUNDS_PER_SECOND = 5;

  /** A run whose connections come back later than this part of a second has lost its turn. */
  private static final int LATE_PER_SECOND = 4;

  static final int SMALLEST_PIECE = 1 << 10;

  /** A clock that was set is noticed after this time. */
  private static final long LOOK_EVERY = 10 * SECOND;

  private final Ticker ticker;
  private final InstantSource clock;
  private final FairTurn turn = new FairTurn();
  private final FairQueue.Flow all = new FairQueue.Flow(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Pacer pacer = new Pacer();
  private RateTable table = RateTable.UNLIMITED;
  private long lookAt;
  private volatile boolean active;
  private volatile long perSecond = Long.MAX_VALUE;

  RateLimiter(Ticker ticker, InstantSource clock) {
    this.ticker = ticker;
    this.clock = clock;
  }

  /** Returns a limiter on the system's clocks, without a limit. */
  public static RateLimiter system() {
    return new RateLimiter(Ticker.system(), InstantSource.system());
  }

  /** Sets the limit. It replaces the one before. */
  public void limit(RateTable other) {
    lock.lock();
    try {
      table = other;
      long now = ticker.nanos();
      lookAt = now;
      follow(now);
      active = other.limits();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the table that is in force. */
  public RateTable table() {
    lock.lock();
    try {
      return table;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the rate now. */
  public Rate rate() {
    if (!active) {
      return Rate.UNLIMITED;
    }
    lock.lock();
    try {
      follow(ticker.nanos());
      return new Rate(perSecond);
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is a limit now or at another time. Costs one volatile read. */
  boolean isActive() {
    return active;
  }

  /** Returns how many of these bytes one connection takes at a time. */
  int piece(int wanted) {
    return piece(wanted, all);
  }

  /** Does the same for one of several flows. */
  int piece(int wanted, FairQueue.Flow flow) {
    return piece(wanted, perSecond, turn.crowd(flow));
  }

  /**
   * @param crowd the number of connections that share the rate, this one included
   */
  static int piece(int wanted, long rate, double crowd) {
    long round = (long) ((double) rate / ROUNDS_PER_SECOND / crowd);
    long most = Math.max(SMALLEST_PIECE, Math.min(rate / PIECES_PER_SECOND, round));
    return (int) Math.min(wanted, most);
  }

  /** Waits until it is this thread's turn and the bytes are within the limit. */
  void await(int bytes) throws InterruptedException {
    await(bytes, all);
  }

  /** Does the same for one of several flows, which share the limit by weight. */
  void await(int bytes, FairQueue.Flow flow) throws InterruptedException {
    turn.enter(flow, bytes);
    try {
      awaitPaid(bytes);
    } finally {
      turn.leave();
    }
  }

  private void awaitPaid(int bytes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = ticker.nanos();
        follow(now);
        long wait = pacer.nanosUntil(bytes, now);
        if (wait <= 0) {
          pacer.take(bytes, now);
          return;
        }
        long unused = changed.awaitNanos(Math.min(wait, Math.max(1, lookAt - now)));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Applies the table's entry for the present time. */
  private void follow(long now) {
    if (now - lookAt < 0) {
      return;
    }
    Instant time = clock.instant();
    long rate = table.at(time).bytesPerSecond();
    if (rate != perSecond) {
      pacer.limit(rate, SECOND, now);
      turn.forgive(rate / LATE_PER_SECOND);
      perSecond = rate;
    }
    long untilNext =
        table
            .nextEntry(time)
            .map(next -> Duration.between(time, next))
            .filter(wait -> wait.toNanos() < LOOK_EVERY)
            .map(Duration::toNanos)
            .orElse(LOOK_EVERY);
    lookAt = now + Math.max(1, untilNext);
  }

  /** Whether nobody waits, and a new limiter with this limit would decide the same. */
  boolean isIdle() {
    lock.lock();
    try {
      return turn.isIdle() && pacer.isIdle(ticker.nanos());
    } finally {
      lock.unlock();
    }
  }
}
