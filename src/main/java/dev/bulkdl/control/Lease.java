package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The permission to hold one connection until it is closed. A second close has no effect. When a
 * limit is lowered, the lease can be revoked earlier; then its cancellation is cancelled.
 * Thread-safe.
 */
public final class Lease implements AutoCloseable {

  private final Origin origin;
  private final boolean further;
  private final Feedback feedback;
  private final Cancellation.Child use;
  private final Deque<Releasable> held;
  private final Consumer<Lease> giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean kept;
  private volatile boolean revoked;

  /**
   * @param further true if the file already has another connection
   * @param whole cancels all work of the file
   * @param held the permits that this lease holds
   * @param feedback gets what the holder learns about the origin
   * @param giveBack called when the lease is closed
   */
  Lease(
      Origin origin,
      boolean further,
      Cancellation whole,
      Deque<Releasable> held,
      Feedback feedback,
      Consumer<Lease> giveBack) {
    this.origin = origin;
    this.further = further;
    this.use = whole.child();
    this.held = held;
    this.feedback = feedback;
    this.giveBack = giveBack;
  }

  /** Returns when it was granted, in nanoseconds; 0 where connections are not measured. */
  long since() {
    return feedback.since();
  }

  Origin origin() {
    return origin;
  }

  boolean isFurther() {
    return further;
  }

  Deque<Releasable> held() {
    return held;
  }

  /**
   * Returns the cancellation for the work on this connection. It is cancelled when the lease is
   * revoked or when all work of the file is cancelled.
   */
  public Cancellation cancellation() {
    return use.cancellation();
  }

  /**
   * Records content that was received and written.
   *
   * @param network whether the connection waits for the network more than for this machine
   */
  public void received(long bytes, boolean network) {
    feedback.received(bytes, network);
  }

  /**
   * Records a response that shows that the origin serves.
   *
   * @param took from the request to the response, with the time to connect
   */
  public void answered(Duration took) {
    feedback.answered(took);
  }

  /**
   * Records that the server refused a request because it has too many connections or requests.
   *
   * @param sure false if the refusal can have another cause, such as this one URL
   */
  public void refused(boolean sure) {
    feedback.refused(sure);
  }

  /** Returns true if the lease was revoked. */
  public boolean isRevoked() {
    return revoked;
  }

  /**
   * Protects the lease from being revoked. The caller uses it when a new connection could not
   * continue the download.
   *
   * @throws CancellationException when the lease was already revoked
   */
  public synchronized void keep() {
    if (revoked) {
      throw new CancellationException();
    }
    kept = true;
  }

  /**
   * Marks the lease as revoked. Returns false if it is protected or already revoked. After true,
   * the caller must call {@link #cut}.
   */
  synchronized boolean revoke() {
    if (kept || revoked) {
      return false;
    }
    revoked = true;
    return true;
  }

  /** Cancels the work on this connection. */
  void cut() {
    use.cancellation().cancel();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      use.close();
      feedback.close();
      giveBack.accept(this);
    }
  }
}
