package dev.bulkdl.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The connections that are held, and which of them are wanted back first. For one thread. */
final class Leases {

  private final Set<Lease> held = new LinkedHashSet<>();

  void add(Lease lease) {
    held.add(lease);
  }

  void remove(Lease lease) {
    held.remove(lease);
  }

  /**
   * Sees to it that so many of these are wanted back, those included that are already: further
   * connections of a file first, then the newest.
   *
   * @return those that are to be cut
   */
  List<Lease> revoke(int surplus, Predicate<Lease> among) {
    if (surplus == 0) {
      return List.of();
    }
    List<Lease> candidates = new ArrayList<>(held.stream().filter(among).toList().reversed());
    candidates.sort(Comparator.comparing(Lease::isFurther).reversed());
    long left = surplus - candidates.stream().filter(Lease::isRevoked).count();
    List<Lease> revoked = new ArrayList<>();
    for (Lease lease : candidates) {
      if (revoked.size() < left && lease.revoke()) {
        revoked.add(lease);
      }
    }
    return revoked;
  }
}
