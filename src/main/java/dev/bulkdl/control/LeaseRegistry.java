package dev.bulkdl.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The connections that are held, and which of them are wanted back first. For one thread. */
final class LeaseRegistry {

  private final Set<Lease> held = new LinkedHashSet<>();

  void add(Lease lease) {
    held.add(lease);
  }

  void remove(Lease lease) {
    held.remove(lease);
  }

  /**
   * Wants back what of these is above a limit: further connections of a file first, then the
   * newest.
   *
   * @return those that are to be cut
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
}
