package dev.bulkdl.control;

import dev.bulkdl.model.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The leases that are held, and the order in which they are revoked. Not thread-safe: the caller
 * holds a lock.
 */
final class LeaseRegistry {

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
    List<Lease> candidates = new ArrayList<>();
    held.stream().filter(among).filter(lease -> !lease.isRevoked()).forEach(candidates::addFirst);
    candidates.sort(Comparator.comparing(Lease::isFurther).reversed());
    int surplus = candidates.size() - limit;
    List<Lease> revoked = new ArrayList<>();
    for (Lease lease : candidates) {
      if (revoked.size() < surplus && lease.revoke()) {
        revoked.add(lease);
      }
    }
    return revoked;
  }

  /**
   * Revokes further connections of files until at most {@code limit} connections of the origin are
   * left, or only first ones. A first connection is not cut: its file would lose its place.
   *
   * @return the revoked leases, which the caller must cut
   */
  List<Lease> revokeFurther(int limit, Origin origin) {
    List<Lease> ofOrigin =
        held.stream().filter(lease -> lease.origin().equals(origin) && !lease.isRevoked()).toList();
    int surplus = ofOrigin.size() - limit;
    List<Lease> revoked = new ArrayList<>();
    for (Lease lease : ofOrigin.reversed()) {
      if (revoked.size() < surplus && lease.isFurther() && lease.revoke()) {
        revoked.add(lease);
      }
    }
    return revoked;
  }
}
