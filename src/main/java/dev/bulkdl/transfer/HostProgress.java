package dev.bulkdl.transfer;

import dev.bulkdl.control.Permits;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The live counters of one origin. The rules for threads are those of {@link FileProgress}. */
public final class HostProgress {

  private final Origin origin;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger sharing = new AtomicInteger();
  private final LongAdder received = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder answers = new LongAdder();

  public HostProgress(Origin origin) {
    this.origin = origin;
  }

  public Origin origin() {
    return origin;
  }

  /** Returns the number of requests that have a connection now, of their own or shared. */
  public int requests() {
    return requests.get();
  }

  /** Returns the number of bytes that were received and written. */
  public long received() {
    return received.sum();
  }

  /** Returns the number of requests that failed or whose response was incomplete. */
  public long errors() {
    return errors.sum();
  }

  /**
   * Returns a number that grows with each good response and each byte. If it grows, the origin
   * works.
   */
  public long served() {
    return answers.sum() + received.sum();
  }

  /** Returns the number of good responses. */
  long answers() {
    return answers.sum();
  }

  /**
   * Counts a response that settles the request: it announces the content, or it says for good that
   * there is none.
   */
  public void countAnswer() {
    answers.increment();
  }

  public void add(long bytes) {
    received.add(bytes);
  }

  public void countError() {
    errors.increment();
  }

  /**
   * Returns a snapshot of these counters.
   *
   * @param permits the permits of the run
   */
  HostSnapshot snapshot(Permits permits, Optional<Hold> hold) {
    return new HostSnapshot(
        origin,
        connections(permits),
        permits.allowances().allowed(origin),
        permits.allowances().reason(origin),
        received(),
        errors(),
        hold);
  }

  /** The requests that share connections have as many as the permits say. */
  private int connections(Permits permits) {
    int shared = sharing.get();
    return requests() - shared + Math.min(shared, permits.sharedConnections(origin));
  }

  /**
   * Counts a request that has got a connection.
   *
   * @param shared whether it shares the connection with other requests
   */
  public void opened(boolean shared) {
    requests.incrementAndGet();
    if (shared) {
      sharing.incrementAndGet();
    }
  }

  /** Counts a request that has its connection no more; {@code shared} is as it was. */
  public void closed(boolean shared) {
    requests.decrementAndGet();
    if (shared) {
      sharing.decrementAndGet();
    }
  }
}
