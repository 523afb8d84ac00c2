package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the origins of a run were seen not to do, so that later files are asked for in a way that
 * costs less. Wrong only in what it costs. Thread-safe.
 */
final class OriginHabits {

  private final Set<Origin> withoutRanges = ConcurrentHashMap.newKeySet();
  private final Set<Origin> withoutHead = ConcurrentHashMap.newKeySet();

  /** It sent the whole file in place of a range. */
  void refusesRanges(Origin origin) {
    add(withoutRanges, origin);
  }

  boolean hasRanges(Origin origin) {
    return !withoutRanges.contains(origin);
  }

  /** It did not answer HEAD, and answered GET. */
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
