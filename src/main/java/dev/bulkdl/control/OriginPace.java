package dev.bulkdl.control;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The connections of one origin, whose number a {@link ConnectionController} finds, and the
 * measurements that it needs. Thread-safe.
 */
final class OriginPace {

  private final ReentrantLock lock = new ReentrantLock();
  private final ConnectionController controller;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder requests = new LongAdder();

  /** Bytes that this machine, not the network, was slow to take. */
  private final LongAdder heldUp = new LongAdder();

  private final AtomicLong nextSample;
  private long bytesBefore;
  private long heldUpBefore;
  private volatile int allowed;
  private volatile int next;
  private volatile boolean wanted;
  private volatile int most;

  /**
   * @param now the present time in nanoseconds
   * @param ceiling the largest number of connections
   */
  OriginPace(long now, int ceiling) {
    this.controller = new ConnectionController(now, ceiling);
    this.nextSample = new AtomicLong(now);
    this.allowed = controller.allowed();
    this.next = controller.next();
  }

  /** Returns the number of connections that the origin should have now, at most the ceiling. */
  int allowed(int ceiling) {
    return Math.min(ceiling, allowed);
  }

  /** Returns how many more connections than now will probably be allowed soon. */
  int further(int ceiling) {
    return Math.max(0, Math.min(ceiling, next) - allowed);
  }

  /** A file would have used a further connection. Takes no lock. */
  void want() {
    if (!wanted) {
      wanted = true;
    }
  }

  /** Whether a file would have used more connections than were allowed. */
  boolean isWanted() {
    return wanted;
  }

  /** Sets the largest number of connections. */
  void limit(int ceiling) {
    var unused = tell(told -> told.limit(ceiling));
  }

  /** Returns why the number is what it is, in a few words. */
  String reason() {
    lock.lock();
    try {
      return controller.reason().text;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the largest number of connections at a time. */
  int mostInUse() {
    return most;
  }

  /** Counts a connection that begins to be used. Returns how many are in use. */
  int granted(long now) {
    lock.lock();
    try {
      int inUse = controller.granted(now);
      most = Math.max(most, inUse);
      return inUse;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many connections are in use. */
  int inUse() {
    lock.lock();
    try {
      return controller.inUse();
    } finally {
      lock.unlock();
    }
  }

  void released(long now) {
    lock.lock();
    try {
      controller.released(now);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts bytes that a connection has received. Called for each buffer: it takes no lock but when
   * a sample is due.
   *
   * @param network whether the connection waits for the network more than for this machine
   * @return whether the allowed number has changed
   */
  boolean received(long more, boolean network, long now) {
    bytes.add(more);
    if (!network) {
      heldUp.add(more);
    }
    return sampleIfDue(now);
  }

  /**
   * Records a good response.
   *
   * @param level the number of connections in use when its connection began
   * @param took from that moment to the response
   * @return whether the allowed number has changed
   */
  boolean answered(int level, Duration took, long now) {
    requests.increment();
    lock.lock();
    try {
      controller.answered(level, took, now);
      return changed();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records that the server refused a request because there are too many.
   *
   * @return whether the allowed number has changed
   */
  boolean refused(int level, Certainty how, long now) {
    return tell(told -> told.refused(level, how, now));
  }

  /**
   * Records the second request for a file that was refused for a reason that is not sure.
   *
   * @return whether the allowed number has changed
   */
  boolean triedAgain(int level, boolean served, long now) {
    return tell(told -> told.triedAgain(level, served, now));
  }

  /**
   * Records that the server did not bear a connection that was opened ahead.
   *
   * @param borne the number of connections that it bore
   * @return whether the allowed number has changed
   */
  boolean refusedAhead(int borne, long now) {
    return tell(told -> told.refusedAhead(borne, now));
  }

  private boolean tell(Consumer<ConnectionController> what) {
    lock.lock();
    try {
      what.accept(controller);
      return changed();
    } finally {
      lock.unlock();
    }
  }

  private boolean sampleIfDue(long now) {
    long due = nextSample.get();
    if (now - due < 0 || !nextSample.compareAndSet(due, now + ConnectionController.STEP)) {
      return false;
    }
    lock.lock();
    try {
      long all = bytes.sum();
      long slow = heldUp.sum();
      boolean network = 2 * (slow - heldUpBefore) <= all - bytesBefore;
      bytesBefore = all;
      heldUpBefore = slow;
      controller.sample(now, all, requests.sum(), network);
      return changed();
    } finally {
      lock.unlock();
    }
  }

  private boolean changed() {
    int now = controller.allowed();
    boolean changed = now != allowed;
    allowed = now;
    next = controller.next();
    return changed;
  }
}
