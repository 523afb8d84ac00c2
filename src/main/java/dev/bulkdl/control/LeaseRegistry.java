package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The leases that are held, and the order in which they are revoked. Not thread-safe: the caller
 * holds a lock.
 */
final class LeaseRegistry {

  /** A file that has had its connection for this long is not small. */
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Set<Lease> held = new LinkedHashSet<>();

  void add(Lease lease) {
    held.add(lease);
  }

  void remove(Lease lease) {
    held.remove(lease);
  }

  /**
   * Revokes leases until at most {@code limit} of the matching ones are left. Further connections
   * of a file are revoked first, then the newest connections.
   *
   * @return the revoked leases, which the caller must cut
   */
  List<Lease> revokeAbove(int limit, Predicate<Lease> among) {
    return revokeAbove(limit, among, lease -> true);
  }

  /**
   * Revokes one lease, for another run, but no connection of a file that is probably small.
   *
   * @param origin the origin that it must have; empty for any
   * @param now the present time in nanoseconds
   * @return the revoked lease, which the caller must cut; empty if there is none
   */
  List<Lease> revokeOne(Optional<Origin> origin, long now) {
    Predicate<Lease> among = lease -> origin.isEmpty() || origin.get().equals(lease.key());
    int present = (int) held.stream().filter(among).filter(lease -> !lease.isRevoked()).count();
    return revokeAbove(present - 1, among, isRevocable(now));
  }

  /** A small file ends soon by itself. */
  private static Predicate<Lease> isRevocable(long now) {
    return lease -> lease.isFurther() || now - lease.since() >= LONG_NANOS;
  }

  private List<Lease> revokeAbove(int limit, Predicate<Lease> among, Predicate<Lease> isRevocable) {
    List<Lease> candidates = new ArrayList<>();
    held.stream().filter(among).filter(lease -> !lease.isRevoked()).forEach(candidates::addFirst);
    candidates.sort(Comparator.comparing(Lease::isFurther).reversed());
    int surplus = candidates.size() - limit;
    List<Lease> revoked = new ArrayList<>();
    for (Lease lease : candidates) {
      if (revoked.size() < surplus && isRevocable.test(lease) && lease.revoke()) {
        revoked.add(lease);
      }
    }
    return revoked;
  }

  /**
   * Revokes leases of the origin as {@link #revokeAbove} does, but no connection of a file that is
   * probably small: it ends soon by itself.
   *
   * @param now the present time in nanoseconds
   * @return the revoked leases, which the caller must cut
   */
  List<Lease> revokeLong(int limit, Origin origin, long now) {
    return revokeAbove(limit, lease -> lease.key().equals(origin), isRevocable(now));
  }

  /**
   * Revokes all connections of the newest files until at most {@code limit} files have one.
   *
   * @return the revoked leases, which the caller must cut
   */
  List<Lease> revokeFiles(int limit) {
    List<Lease> revoked = revokeAbove(limit, lease -> !lease.isFurther());
    Set<Cancellation> files = Collections.newSetFromMap(new IdentityHashMap<>());
    revoked.forEach(lease -> files.add(lease.use().whole()));
    if (!files.isEmpty()) {
      revoked.addAll(revokeAbove(0, lease -> files.contains(lease.use().whole())));
    }
    return revoked;
  }

  /**
   * Returns whether so many other files have their first connection that this one, which has none,
   * has to wait.
   *
   * @param file cancels all work of the file
   */
  boolean isSurplus(Cancellation file, int limit) {
    List<Lease> firsts =
        held.stream().filter(lease -> !lease.isFurther() && !lease.isRevoked()).toList();
    return firsts.size() >= limit
        && firsts.stream().noneMatch(lease -> lease.use().whole() == file);
  }

  /**
   * Revokes further connections of files until each file has at most {@code limit} in all.
   *
   * @return the revoked leases, which the caller must cut
   */
  List<Lease> revokeSegments(int limit) {
    IdentityHashMap<Cancellation, Integer> further = new IdentityHashMap<>();
    held.stream()
        .filter(lease -> lease.isFurther() && !lease.isRevoked())
        .forEach(lease -> further.merge(lease.use().whole(), 1, Integer::sum));
    List<Lease> revoked = new ArrayList<>();
    further.forEach(
        (file, count) -> {
          if (count > limit - 1) {
            revoked.addAll(
                revokeAbove(limit - 1, lease -> lease.isFurther() && lease.use().whole() == file));
          }
        });
    return revoked;
  }
}
