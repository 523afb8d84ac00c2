package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.http.Answer;
import dev.bulkdl.http.Credentials;
import dev.bulkdl.http.Get;
import dev.bulkdl.model.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells an outage of the network from a failure of one server, by a URL that can be reached while
 * the network is up. One thread asks, the others wait for its answer. Thread-safe.
 */
final class Outage {

  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);

  private final TransferContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int ended;

  Outage(TransferContext context) {
    this.context = context;
  }

  /**
   * Waits until the probe URL can be reached; to be called without a permit.
   *
   * @return whether there was an outage, so that the failure is not to be counted; false without a
   *     probe URL
   */
  boolean awaitEnd(Failure failure, Cancellation cancellation) {
    Optional<URI> probe = context.settings().patience().probe();
    if (probe.isEmpty() || !failure.isNetwork()) {
      return false;
    }
    int before = ended;
    cancellation.interruptibly(lock::lockInterruptibly);
    try {
      return ended != before || probe(probe.get(), before, cancellation);
    } finally {
      lock.unlock();
    }
  }

  private boolean probe(URI probe, int before, Cancellation cancellation) {
    long start = context.ticker().nanos();
    for (int asked = 0; ; asked++) {
      if (isReachable(probe, cancellation)) {
        if (asked > 0) {
          ended = before + 1;
          Duration lasted = Duration.ofNanos(context.ticker().nanos() - start);
          context.emit(new TransferEvent.OutageEnded(lasted));
        }
        return asked > 0;
      }
      if (asked == 0) {
        context.emit(new TransferEvent.OutageBegan());
      }
      cancellation.interruptibly(() -> context.sleeper().sleep(interval()));
    }
  }

  private Duration interval() {
    Duration delay = context.settings().patience().delay();
    return delay.compareTo(LONGEST_INTERVAL) < 0 ? delay : LONGEST_INTERVAL;
  }

  /** Any answer at all shows that the network is there. */
  private boolean isReachable(URI probe, Cancellation cancellation) {
    Get get =
        new Get(
            Credentials.strip(probe),
            Optional.empty(),
            Optional.empty(),
            Credentials.headersFor(probe, probe, List.of()));
    Answer answer = context.fetcher().get(get, cancellation);
    answer.close();
    return !(answer instanceof Answer.Failed failed && failed.failure().isNetwork());
  }
}
