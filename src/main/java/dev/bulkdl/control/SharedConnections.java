package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The connections that requests share over HTTP/2, and the permits of these requests. Each
 * connection holds one ordinary permit for a connection, from its first request until no request of
 * its origin is left. A request that joins others needs a permit for its file only.
 *
 * <p>A thread never holds a place on a connection or the permit of its file while it waits for
 * another permit, except in {@code ordinary}, which keeps the order of {@link Permits}. This
 * prevents deadlocks. Thread-safe.
 */
final class SharedConnections {

  /** The number of requests for which a further connection is opened, if the limits allow it. */
  static final int WANTED_REQUESTS = 16;

  /** The largest number of requests on each connection, when there is the last possible one. */
  static final int MOST_REQUESTS = 32;

  /** The largest number of connections that the requests to an origin share. */
  static final int MOST = 8;

  private final TurnSemaphore files;
  private final ToIntFunction<Origin> perOrigin;
  private final Function<Origin, Feedback> feedback;
  private final Set<Lease> leases = ConcurrentHashMap.newKeySet();
  private final Map<Origin, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(SharedGroup group, ResizableSemaphore places, int users) {
    Entry with(int more) {
      return new Entry(group, places, users + more);
    }
  }

  /**
   * @param files one permit for each file in flight
   * @param perOrigin returns the number of connections that an origin can have now
   * @param feedback returns what a request reports to
   */
  SharedConnections(
      TurnSemaphore files, ToIntFunction<Origin> perOrigin, Function<Origin, Feedback> feedback) {
    this.files = files;
    this.perOrigin = perOrigin;
    this.feedback = feedback;
  }

  /** Returns the number of shared connections to this origin that have a permit. */
  int connections(Origin origin) {
    Entry entry = entries.get(origin);
    return entry == null ? 0 : entry.group().connections();
  }

  /** Returns the largest number of requests that share the connections to this origin. */
  int most(Origin origin) {
    return capacity(limit(origin), limit(origin));
  }

  /** Returns how many more requests can share the connections to this origin now. */
  int free(Origin origin) {
    Entry entry = entries.get(origin);
    return entry == null ? 0 : entry.places().availablePermits();
  }

  /**
   * Waits for a permit for one request.
   *
   * @param waiting how to wait for a place, and for the permit of a file
   * @param ordinary waits for an ordinary permit for a connection
   * @throws CancellationException when the work is cancelled
   */
  Lease acquire(Lease.Use use, Permits.Waiting waiting, Supplier<Lease> ordinary) {
    Origin origin = use.key();
    Cancellation cancellation = use.whole();
    Entry entry = enter(origin);
    Deque<Releasable> held = new ArrayDeque<>();
    try {
      cancellation.interruptibly(() -> waiting.acquire(entry.places));
      held.push(entry.places);
      while (!(entry.group.isJoinable()
          ? join(entry.group, () -> cancellation.interruptibly(() -> waiting.acquire(files)))
          : entry.group.awaitTurn(cancellation) && open(entry.group, ordinary))) {
        cancellation.check();
      }
      held.push(files);
      Lease granted = new Lease(use, held, feedback.apply(origin), this::giveBack);
      leases.add(granted);
      return granted;
    } catch (RuntimeException | Error e) {
      held.forEach(Releasable::release);
      leave(origin);
      throw e;
    }
  }

  private boolean join(SharedGroup group, Runnable awaitFile) {
    awaitFile.run();
    if (group.join()) {
      return true;
    }
    files.release();
    return false;
  }

  /** Opens a connection for a request, whose turn it is. The permit of its file comes with it. */
  private boolean open(SharedGroup group, Supplier<Lease> ordinary) {
    try {
      Lease connection = ordinary.get();
      if (!isKept(connection)) {
        connection.close();
        return false;
      }
      connection.held().remove(files); // it belongs to the request, which can end earlier
      if (!group.addUnlessJoinable(connection)) {
        connection.close();
      }
      return true;
    } finally {
      group.endTurn();
    }
  }

  /** Returns false if the permit was revoked at once, because a limit was lowered. */
  private static boolean isKept(Lease connection) {
    try {
      connection.keep();
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  /**
   * Revokes the requests to a host, for all that are granted now.
   *
   * @param host in its canonical spelling
   * @return the revoked leases, which the caller must cut
   */
  List<Lease> revoke(String host) {
    return leases.stream()
        .filter(lease -> lease.use().origin().canonicalHost().equals(host) && lease.revoke())
        .toList();
  }

  private void giveBack(Lease request) {
    leases.remove(request);
    Entry entry = Objects.requireNonNull(entries.get(request.key()));
    entry.group.leave().forEach(Lease::close);
    request.held().forEach(Releasable::release);
    leave(request.key());
  }

  private Entry enter(Origin origin) {
    Entry entered =
        entries.compute(origin, (same, entry) -> entry == null ? newEntry(origin) : entry.with(1));
    Objects.requireNonNull(entered).places.follow();
    return entered;
  }

  private Entry newEntry(Origin origin) {
    return new Entry(
        new SharedGroup(connections -> capacity(connections, limit(origin))),
        new ResizableSemaphore(() -> most(origin)),
        1);
  }

  private int limit(Origin origin) {
    return Math.min(MOST, perOrigin.applyAsInt(origin));
  }

  /** Returns the number of requests for which this number of connections is enough. */
  static int capacity(int connections, int limit) {
    return connections * (connections < limit ? WANTED_REQUESTS : MOST_REQUESTS);
  }

  private void leave(Origin origin) {
    entries.computeIfPresent(origin, (same, entry) -> entry.users() == 1 ? null : entry.with(-1));
  }
}
