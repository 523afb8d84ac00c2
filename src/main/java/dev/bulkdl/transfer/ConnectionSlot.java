package dev.bulkdl.transfer;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Certainty;
import dev.bulkdl.control.Lease;
import dev.bulkdl.control.Permits;
import dev.bulkdl.http.FetchResponse;
import dev.bulkdl.model.Origin;
import dev.bulkdl.rate.RequestTurns;
import dev.bulkdl.settings.Http2Mode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One worker's permit for a connection, kept from request to request. Not thread-safe: one thread
 * uses it.
 */
final class ConnectionSlot implements AutoCloseable {

  private final RequestContext context;
  private final Cancellation cancellation;
  private final FileProgress progress;
  private final Wait wait;
  private @Nullable Lease lease;
  private long answerNanos;
  private boolean shared;
  private boolean mayShare = true;
  private @Nullable HostProgress host;

  /** How a slot gets its permit. */
  private enum Wait {
    /** Only an idle one, as helper connections do. */
    NEVER,
    IN_TURN,
    /** Before the files that have not begun. */
    FIRST
  }

  /**
   * @param waits whether to wait for a permit; a helper connection only takes an idle one
   */
  ConnectionSlot(
      RequestContext context, Cancellation cancellation, FileProgress progress, boolean waits) {
    this(context, cancellation, progress, waits ? Wait.IN_TURN : Wait.NEVER);
  }

  /** Returns a slot for the last request of a file whose content is complete. */
  static ConnectionSlot toFinish(
      RequestContext context, Cancellation cancellation, FileProgress progress) {
    return new ConnectionSlot(context, cancellation, progress, Wait.FIRST);
  }

  private ConnectionSlot(
      RequestContext context, Cancellation cancellation, FileProgress progress, Wait wait) {
    this.context = context;
    this.cancellation = cancellation;
    this.progress = progress;
    this.wait = wait;
  }

  /**
   * Takes a permit for one request to this origin, unless it is already held. A permit for another
   * origin is released first. Waits until the limit of requests allows this one. {@link #isShared}
   * then says which kind of connection it is for.
   *
   * @return false if no permit is idle, or no request is allowed now, and this slot does not wait
   */
  boolean take(Origin wanted) {
    while (true) {
      awaitNoPause(wanted);
      try (RequestTurns.Turn turn = turn(wanted.host())) {
        if (!turn.isGranted()) {
          return false;
        }
        boolean taken = takePermit(wanted);
        if (taken) {
          turn.started();
          setAsking(false);
        }
        if (taken || wait == Wait.NEVER) {
          return taken;
        }
      }
    }
  }

  private boolean isPaused(Origin wanted) {
    return context.pauses().isPaused(wanted) || context.permits().allowances().isPaused(wanted);
  }

  /** The permit is not kept while this waits. */
  private void awaitNoPause(Origin wanted) {
    while (wait != Wait.NEVER && isPaused(wanted)) {
      close();
      context.pauses().pass(wanted, cancellation);
      context.permits().allowances().awaitResumed(wanted, cancellation);
    }
  }

  /** The permit is not kept while this waits. */
  private RequestTurns.Turn turn(String host) {
    RequestTurns.Turn now = context.requestTurns().tryTurn(host);
    if (now.isGranted() || wait == Wait.NEVER) {
      return now;
    }
    close();
    setAsking(true);
    RequestTurns.Turn[] turn = new RequestTurns.Turn[1];
    cancellation.interruptibly(() -> turn[0] = context.requestTurns().await(host));
    return turn[0];
  }

  /** Returns false if there is no permit, or a pause has begun. */
  private boolean takePermit(Origin wanted) {
    if (isFor(wanted) && shared == wantsShared(wanted) && !isPaused(wanted)) {
      return true;
    }
    close();
    Optional<Lease> taken = wait == Wait.NEVER ? tryTake(wanted) : await(wanted);
    taken.ifPresent(granted -> hold(granted, wanted));
    return taken.isPresent();
  }

  /** A helper connection never waits, so its file does not ask. */
  private void setAsking(boolean now) {
    if (wait != Wait.NEVER) {
      progress.setAsking(now);
    }
  }

  /** Whether this slot has a permit. */
  boolean isHeld() {
    return lease != null;
  }

  private boolean isFor(Origin wanted) {
    return host != null && host.origin().equals(wanted) && lease != null && !lease.isRevoked();
  }

  /** Whether the permit is for a connection that requests share over HTTP/2. */
  boolean isShared() {
    return shared;
  }

  /** Makes this slot take only connections of its own, after a shared one has failed. */
  void shareNoMore() {
    mayShare = false;
  }

  /** A helper connection fetches a part of a large file. */
  private boolean wantsShared(Origin wanted) {
    return mayShare
        && wait != Wait.NEVER
        && context.http().http2() == Http2Mode.AUTO
        && context.smallFiles().isSmall(wanted, size(), context.fetcher().sharesBelow(wanted));
  }

  private OptionalLong size() {
    OptionalLong total = progress.total();
    return total.isPresent() ? total : progress.download().size();
  }

  /** The cancellation for work over this connection. It also ends when the permit is revoked. */
  Cancellation cancellation() {
    return lease == null ? cancellation : lease.cancellation();
  }

  /**
   * Makes the permit irrevocable, because the content that arrives now could not be resumed later.
   *
   * @throws CancellationException if the permit was already revoked
   */
  void keep() {
    if (lease != null) {
      lease.keep();
    }
  }

  /**
   * Waits while the operator pauses the host. Only a connection that is kept comes here: the others
   * were revoked.
   *
   * @throws CancellationException if the work is to stop
   */
  void awaitResumed() {
    if (host != null) {
      context.permits().allowances().awaitResumed(host.origin(), cancellation());
    }
  }

  /**
   * Releases the permit if it was revoked, so that the caller can take another one.
   *
   * @throws CancellationException {@code end}, if the permit was not revoked
   */
  void releaseIfRevoked(CancellationException end) {
    if (lease == null || !lease.isRevoked()) {
      throw end;
    }
    close();
  }

  /**
   * While this waits for the permit, a pause can begin, or the first responses of the origin can
   * show that connections are shared, or are not. Then the permit is not kept.
   *
   * @return empty if a pause has begun
   */
  private Optional<Lease> await(Origin wanted) {
    setAsking(true);
    while (!isPaused(wanted)) {
      boolean asShared = wantsShared(wanted);
      Lease granted = acquire(wanted, asShared);
      if (!isPaused(wanted) && asShared == wantsShared(wanted)) {
        shared = asShared;
        return Optional.of(granted);
      }
      granted.close();
    }
    return Optional.empty();
  }

  private Lease acquire(Origin wanted, boolean asShared) {
    Permits permits = context.permits();
    boolean first = wait == Wait.FIRST || progress.bytes() > 0;
    if (asShared) {
      return first
          ? permits.acquireSharedToFinish(wanted, cancellation)
          : permits.acquireShared(wanted, cancellation);
    }
    return first
        ? permits.acquireToFinish(wanted, cancellation)
        : permits.acquire(wanted, cancellation);
  }

  private Optional<Lease> tryTake(Origin wanted) {
    return isPaused(wanted) ? Optional.empty() : context.permits().tryAcquire(wanted, cancellation);
  }

  private void hold(Lease granted, Origin owner) {
    lease = granted;
    host = context.hosts().opened(owner, shared);
    progress.connectionOpened();
  }

  /**
   * Counts bytes that were received over this connection and written.
   *
   * @param network whether the connection waits for the network more than for this machine
   */
  void received(long bytes, boolean network) {
    progress.add(bytes);
    if (host != null && lease != null) {
      host.add(bytes);
      lease.received(bytes, network);
    }
  }

  /**
   * Counts the result of a request: an error, or a response that shows that the origin serves.
   *
   * @param isHead whether it was a HEAD; many servers refuse that, and it is no error
   * @param nanos the nanoseconds from the request to the answer
   */
  void answered(FetchResponse answer, boolean isHead, long nanos) {
    answerNanos = nanos;
    if (host == null || lease == null) {
      return;
    }
    Origin origin = host.origin();
    switch (OriginSignal.of(answer, () -> context.permits().allowances().isRefusedBy403(origin))) {
      case SERVES -> {
        host.countAnswer();
        lease.answered(Duration.ofNanos(nanos));
        if (progress.isServedAfterRefusal()) {
          lease.triedAgain(true);
        }
      }
      case REFUSED -> lease.refused(Certainty.SURE);
      case RESET -> reset(lease);
      case OVERLOADED -> refused(lease, Certainty.LIKELY);
      case PERHAPS_REFUSED -> refused(lease, Certainty.DOUBTFUL);
      case NONE -> {}
    }
    if (answer instanceof FetchResponse.Failed && !isHead) {
      host.countError();
    }
  }

  private void reset(Lease lease) {
    lease.refused(Certainty.DOUBTFUL);
    countRefusal(lease);
  }

  /** A file that is refused again and again says nothing about the number of connections. */
  private void refused(Lease lease, Certainty how) {
    if (countRefusal(lease) == 1) {
      lease.refused(how);
    }
  }

  private int countRefusal(Lease lease) {
    int refusals = progress.countRefusal();
    if (refusals == 2 && !progress.wasServed()) {
      lease.triedAgain(false);
    }
    return refusals;
  }

  /** Returns how many nanoseconds the last answer took; a new connection is included. */
  long answerNanos() {
    return answerNanos;
  }

  /**
   * Counts a request that failed, or content that was incomplete. The next request does not share a
   * connection.
   */
  void countError() {
    mayShare = mayShare && !shared;
    if (host != null) {
      host.countError();
    }
  }

  /** Releases the permit; another one can be taken later. */
  @Override
  public void close() {
    Lease held = lease;
    HostProgress owner = host;
    if (held != null && owner != null) {
      lease = null;
      host = null;
      progress.connectionClosed();
      context.hosts().closed(owner, shared);
      held.close();
    }
  }
}
