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
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder received = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder answers = new LongAdder();

  public HostProgress(Origin origin) {
    this.origin = origin;
  }

  public Origin origin() {
    return origin;
  }

  /** Returns the number of connections that are open for content now. */
  public int connections() {
    return connections.get();
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
        connections(),
        permits.allowances().allowed(origin),
        permits.allowances().reason(origin),
        received(),
        errors(),
        hold);
  }

  public void connectionOpened() {
    connections.incrementAndGet();
  }

  public void connectionClosed() {
    connections.decrementAndGet();
  }
}
