package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Lease;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.http.Credentials;
import dev.bulkdl.http.FetchRequest;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Distinguishes an outage of the network from a failure of one server, with a URL that is reachable
 * while the network is up. One thread asks, the others wait for its result. Thread-safe.
 */
final class Outage {

  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

  private final RequestContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int ended;
  private boolean underWay;
  private long start;

  Outage(RequestContext context) {
    this.context = context;
  }

  /**
   * Waits until the probe URL is reachable. Call it without a permit.
   *
   * @return true if there was an outage, so that the failure does not count; false without a probe
   *     URL
   * @throws java.util.concurrent.CancellationException if the work is to stop
   */
  boolean awaitEnd(Failure failure, Cancellation cancellation) {
    Optional<URI> probe = context.patience().probe();
    if (probe.isEmpty() || !failure.isNetwork()) {
      return false;
    }
    int before = ended;
    cancellation.interruptibly(lock::lockInterruptibly);
    try {
      return ended != before || probe(probe.get(), cancellation);
    } finally {
      lock.unlock();
    }
  }

  private boolean probe(URI probe, Cancellation cancellation) {
    while (!isReachable(probe, cancellation)) {
      begin();
      cancellation.interruptibly(() -> context.sleeper().sleep(interval()));
    }
    return end();
  }

  /** The file that asks can be stopped. Then the next one continues with the same outage. */
  private void begin() {
    if (!underWay) {
      underWay = true;
      start = context.ticker().nanos();
      context.emit(new TransferEvent.OutageBegan());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  private boolean end() {
    boolean was = underWay;
    if (was) {
      underWay = false;
      ended++;
      Duration lasted = Duration.ofNanos(context.ticker().nanos() - start);
      context.emit(new TransferEvent.OutageEnded(lasted));
    }
    return was;
  }

  private Duration interval() {
    Duration delay = context.patience().delay();
    return delay.compareTo(LONGEST_INTERVAL) < 0 ? delay : LONGEST_INTERVAL;
  }

  /** Any HTTP response shows that the network is up. */
  private boolean isReachable(URI probe, Cancellation cancellation) {
    FetchRequest get =
        new FetchRequest(
            Credentials.strip(probe),
            Optional.empty(),
            Optional.empty(),
            Credentials.headersForProbe(probe, context.http()));
    Lease lease = context.permits().acquire(Origin.of(probe), cancellation);
    try (lease) {
      FetchResponse answer = context.fetcher().get(get, cancellation);
      answer.close();
      return !(answer instanceof FetchResponse.Failed failed && failed.failure().isNetwork());
    }
  }
}
