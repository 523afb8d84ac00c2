package dev.bulkdl.event;

import dev.bulkdl.model.Origin;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The live counters of one origin, written and read as those of {@link FileProgress}. */
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

  /** Connections that are open for content now. */
  public int connections() {
    return connections.get();
  }

  /** Bytes that the network delivered and the disk took. */
  public long received() {
    return received.sum();
  }

  /** Requests that were not answered as they should be, or not to the end. */
  public long errors() {
    return errors.sum();
  }

  /** Grows with each answer and with each byte: the origin works for someone. */
  public long served() {
    return answers.sum() + received.sum();
  }

  /** An answer that says what is there, or for good that nothing is. */
  public void countAnswer() {
    answers.increment();
  }

  public void add(long bytes) {
    received.add(bytes);
  }

  public void countError() {
    errors.increment();
  }

  public void connectionOpened() {
    connections.incrementAndGet();
  }

  public void connectionClosed() {
    connections.decrementAndGet();
  }
}
