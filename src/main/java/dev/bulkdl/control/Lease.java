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

  private final Use use;
  private final Feedback feedback;
  private final Cancellation.Child work;
  private final Deque<Releasable> held;
  private final Consumer<Lease> giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean kept;
  private volatile boolean revoked;

  /**
   * What a connection is for.
   *
   * @param origin the origin that is asked
   * @param key under which its connections are counted; hosts of one operator share it
   * @param further true if the file already has another connection
   * @param whole cancels all work of the file
   */
  record Use(Origin origin, Origin key, boolean further, Cancellation whole) {}

  /**
   * @param held the permits that this lease holds
   * @param feedback gets what the holder learns about the origin
   * @param giveBack called when the lease is closed
   */
  Lease(Use use, Deque<Releasable> held, Feedback feedback, Consumer<Lease> giveBack) {
    this.use = use;
    this.work = use.whole().child();
    this.held = held;
    this.feedback = feedback;
    this.giveBack = giveBack;
  }

  /** Returns when it was granted, in nanoseconds; 0 where connections are not measured. */
  long since() {
    return feedback.since();
  }

  Use use() {
    return use;
  }

  /** Returns the key under which it is counted. */
  Origin key() {
    return use.key();
  }

  boolean isFurther() {
    return use.further();
  }

  Deque<Releasable> held() {
    return held;
  }

  /**
   * Returns the cancellation for the work on this connection. It is cancelled when the lease is
   * revoked or when all work of the file is cancelled.
   */
  public Cancellation cancellation() {
    return work.cancellation();
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
   * @param how how certain that is
   */
  public void refused(Certainty how) {
    feedback.refused(how);
  }

  /**
   * Records the second request for a file that was refused for a reason that is not sure.
   *
   * @param served whether it was served now; else it was refused again
   */
  public void triedAgain(boolean served) {
    feedback.triedAgain(served);
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
    work.cancellation().cancel();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      work.close();
      feedback.close();
      giveBack.accept(this);
    }
  }
}
