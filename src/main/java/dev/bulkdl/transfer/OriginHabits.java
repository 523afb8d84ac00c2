package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what the origins of a run do not support, so that later files need fewer requests. A
 * wrong entry only costs requests. Thread-safe.
 */
final class OriginHabits {

  private final Set<Origin> withoutRanges = ConcurrentHashMap.newKeySet();
  private final Set<Origin> withoutHead = ConcurrentHashMap.newKeySet();

  /** Call it when the origin sent the whole file instead of a range. */
  void refusesRanges(Origin origin) {
    add(withoutRanges, origin);
  }

  boolean hasRanges(Origin origin) {
    return !withoutRanges.contains(origin);
  }

  /** Call it when the origin does not answer HEAD properly. */
  void refusesHead(Origin origin) {
    add(withoutHead, origin);
  }

  boolean hasHead(Origin origin) {
    return !withoutHead.contains(origin);
  }

  private static void add(Set<Origin> origins, Origin origin) {
    if (origins.size() < Hosts.REMEMBERED) {
      origins.add(origin);
    }
  }
}
