package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The right to hold one connection, until closed; closing it again does nothing. It may be wanted
 * back earlier, when a limit is lowered: then its cancellation is cancelled.
 */
public final class Lease implements AutoCloseable {

  private final Origin origin;
  private final boolean further;
  private final Cancellation.Child use;
  private final Deque<Semaphore> held;
  private final Consumer<Lease> giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean kept;
  private volatile boolean revoked;

  /**
   * @param further whether the file has another connection
   * @param whole ends all work of the file
   * @param held the permits that it stands for
   * @param giveBack told when it is closed
   */
  Lease(
      Origin origin,
      boolean further,
      Cancellation whole,
      Deque<Semaphore> held,
      Consumer<Lease> giveBack) {
    this.origin = origin;
    this.further = further;
    this.use = whole.child();
    this.held = held;
    this.giveBack = giveBack;
  }

  Origin origin() {
    return origin;
  }

  boolean isFurther() {
    return further;
  }

  Deque<Semaphore> held() {
    return held;
  }

  /** What is done over the connection ends with this: it is wanted back, or all work is to stop. */
  public Cancellation cancellation() {
    return use.cancellation();
  }

  /** Whether the connection is wanted back. */
  public boolean isRevoked() {
    return revoked;
  }

  /**
   * From now on it is not wanted back: what it has brought could not be continued over another one.
   *
   * @throws CancellationException when it is wanted back already
   */
  public synchronized void keep() {
    if (revoked) {
      throw new CancellationException();
    }
    kept = true;
  }

  /** False when it is kept, or wanted back already; else {@link #cut} is to follow. */
  synchronized boolean revoke() {
    if (kept || revoked) {
      return false;
    }
    revoked = true;
    return true;
  }

  /** Ends what is done over the connection. */
  void cut() {
    use.cancellation().cancel();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      use.close();
      giveBack.accept(this);
    }
  }
}
