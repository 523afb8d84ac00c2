package dev.bulkdl.rate;

import dev.bulkdl.model.RequestRate;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.HostRules.Shared;
import dev.bulkdl.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Spaces the requests to each host evenly, in the order in which they were wanted. A thread has the
 * turn of a host from the time when its request may start until it has started, so that requests
 * that wait for a connection do not start together later. Thread-safe.
 */
public final class RequestTurns {

  /** With more hosts, those without a request are forgotten. */
  private static final int REMEMBERED = 10_000;

  private final Ticker ticker;
  private final Map<String, Host> hosts = new ConcurrentHashMap<>();
  private volatile HostRules rules = HostRules.NONE;
  private volatile RequestRate each = RequestRate.UNLIMITED;
  private volatile boolean active;

  RequestTurns(Ticker ticker) {
    this.ticker = ticker;
  }

  /** A permission to start one request. Closing it without a start gives it to the next. */
  public interface Turn extends AutoCloseable {

    /** Whether the request may start. */
    default boolean isGranted() {
      return true;
    }

    /** Counts the start of the request. */
    void started();

    @Override
    void close();
  }

  /** The turn where there is no limit. */
  private enum Fixed implements Turn {
    FREE,
    REFUSED;

    @Override
    public boolean isGranted() {
      return this == FREE;
    }

    @Override
    public void started() {}

    @Override
    public void close() {}
  }

  /** Limits the requests to each host without a rule of its own from now on. */
  public void limit(RequestRate rate) {
    each = rate;
    follow();
  }

  /** Sets the rules for hosts. The hosts of one rule share its limit. */
  void rules(HostRules other) {
    rules = other;
    follow();
  }

  private void follow() {
    active = each.isLimited() || rules.limitRequests();
    hosts.values().forEach(Host::follow);
  }

  /** Takes the turn if a request may start at this moment and nobody waits. */
  public Turn tryTurn(String host) {
    return active ? host(host).tryTurn() : Fixed.FREE;
  }

  /** Waits for the turn. */
  public Turn await(String host) throws InterruptedException {
    return active ? host(host).await() : Fixed.FREE;
  }

  private Host host(String name) {
    if (hosts.size() >= REMEMBERED) {
      hosts.values().removeIf(Host::isIdle);
    }
    String group = rules.requests(name).map(Shared::group).orElse(name);
    return hosts.computeIfAbsent(group, same -> new Host(name));
  }

  private RequestRate rate(String name) {
    return rules.requests(name).map(Shared::value).orElse(each);
  }

  /** The turns of one host. */
  private final class Host implements Turn {

    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pacer pacer = new Pacer();

    private final String name;

    /**
     * @param name a host, or any of the hosts that share these turns
     */
    Host(String name) {
      this.name = name;
      follow();
    }

    /** Applies a changed limit. */
    void follow() {
      RequestRate rate = rate(name);
      lock.lock();
      try {
        long now = ticker.nanos();
        pacer.limit(rate.count(), rate.period().toNanos(), now);
        pacer.allowOneNow(now);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    Turn tryTurn() {
      if (turn.isHeldByCurrentThread() || turn.hasQueuedThreads() || !turn.tryLock()) {
        return Fixed.REFUSED;
      }
      if (nanosToWait() > 0) {
        turn.unlock();
        return Fixed.REFUSED;
      }
      return this;
    }

    private long nanosToWait() {
      lock.lock();
      try {
        return pacer.nanosUntil(1, ticker.nanos());
      } finally {
        lock.unlock();
      }
    }

    Turn await() throws InterruptedException {
      turn.lockInterruptibly();
      try {
        awaitTime();
        return this;
      } catch (InterruptedException | RuntimeException e) {
        turn.unlock();
        throw e;
      }
    }

    private void awaitTime() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        long wait = pacer.nanosUntil(1, ticker.nanos());
        while (wait > 0) {
          long unused = changed.awaitNanos(wait);
          wait = pacer.nanosUntil(1, ticker.nanos());
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void started() {
      lock.lock();
      try {
        pacer.take(1, ticker.nanos());
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      turn.unlock();
    }

    boolean isIdle() {
      lock.lock();
      try {
        return !turn.isLocked() && pacer.isIdle(ticker.nanos());
      } finally {
        lock.unlock();
      }
    }
  }
}
