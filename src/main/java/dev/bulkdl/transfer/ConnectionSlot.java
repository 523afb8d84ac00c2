package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Lease;
import dev.bulkdl.event.FileProgress;
import dev.bulkdl.event.HostProgress;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Origin;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One worker's permit for a connection, kept from request to request. For one thread. */
final class ConnectionSlot implements AutoCloseable {

  /** So much content counts as an answer, since that of a large file is one for hours. */
  private static final long LIKE_AN_ANSWER = 4L << 20;

  private final RequestContext context;
  private final Cancellation cancellation;
  private final FileProgress progress;
  private final boolean waits;
  private @Nullable Lease lease;
  private long uncounted;
  private @Nullable HostProgress host;

  /**
   * @param waits whether to wait for a permit; a worker that only helps takes what is idle
   */
  ConnectionSlot(
      RequestContext context, Cancellation cancellation, FileProgress progress, boolean waits) {
    this.context = context;
    this.cancellation = cancellation;
    this.progress = progress;
    this.waits = waits;
  }

  /**
   * Makes sure that a permit for this origin is held, giving one for another origin back first.
   *
   * @return false when none is idle and this seat does not wait
   */
  boolean take(Origin wanted) {
    if (isFor(wanted) && !context.pauses().isPaused(wanted)) {
      return true;
    }
    close();
    Optional<Lease> taken = waits ? Optional.of(await(wanted)) : tryTake(wanted);
    taken.ifPresent(granted -> hold(granted, wanted));
    return taken.isPresent();
  }

  private boolean isFor(Origin wanted) {
    return host != null && host.origin().equals(wanted) && lease != null && !lease.isRevoked();
  }

  /** What is done over the connection ends with this, which it does when the permit is revoked. */
  Cancellation cancellation() {
    return lease == null ? cancellation : lease.cancellation();
  }

  /**
   * Keeps the permit until it is given back: what comes now could not be continued later.
   *
   * @throws CancellationException when the permit has been revoked
   */
  void keep() {
    if (lease != null) {
      lease.keep();
    }
  }

  /**
   * Gives a permit back that has been revoked; another may be taken.
   *
   * @throws CancellationException this one, where more than that is to end
   */
  void yieldOr(CancellationException end) {
    if (lease == null || !lease.isRevoked()) {
      throw end;
    }
    close();
  }

  /** A pause may have begun while this waited for the permit, which is not kept through it. */
  private Lease await(Origin wanted) {
    while (true) {
      context.pauses().pass(wanted, cancellation);
      Lease granted = context.permits().acquire(wanted, cancellation);
      if (!context.pauses().isPaused(wanted)) {
        return granted;
      }
      granted.close();
    }
  }

  private Optional<Lease> tryTake(Origin wanted) {
    return context.pauses().isPaused(wanted)
        ? Optional.empty()
        : context.permits().tryAcquire(wanted, cancellation);
  }

  private void hold(Lease granted, Origin of) {
    lease = granted;
    host = context.hosts().opened(of);
    progress.connectionOpened();
  }

  /** Counts bytes that came over this connection and that the disk took. */
  void received(long bytes) {
    progress.add(bytes);
    if (host != null) {
      host.add(bytes);
    }
    uncounted += bytes;
    if (host != null && uncounted >= LIKE_AN_ANSWER) {
      uncounted = 0;
      context.permits().answered(host.origin());
    }
  }

  /**
   * Counts what a request came to: an error, or that the origin serves.
   *
   * @param isHead whether it was a HEAD; many servers refuse that, and it is no error
   */
  void answered(FetchResponse answer, boolean isHead) {
    if (host == null) {
      return;
    }
    if (answer instanceof FetchResponse.Failed && !isHead) {
      host.countError();
    }
    if (!(answer instanceof FetchResponse.Failed failed && failed.failure().isTransient())) {
      host.countAnswer();
      context.permits().answered(host.origin());
    }
  }

  /** Counts a request that failed, or content that did not come to its end. */
  void countError() {
    if (host != null) {
      host.countError();
    }
  }

  /** Gives the permit back; another may be taken later. */
  @Override
  public void close() {
    Lease held = lease;
    HostProgress of = host;
    if (held != null && of != null) {
      lease = null;
      host = null;
      progress.connectionClosed();
      context.hosts().closed(of);
      held.close();
    }
  }
}
