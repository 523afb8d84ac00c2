package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which files are small. Requests for these can share connections over HTTP/2. Where the
 * list states no size, the median of the origin's responses so far counts. Thread-safe.
 */
final class SmallFiles {

  /** From this number of bytes on, a connection of its own is faster. */
  static final long FROM = 1 << 20;

  /** The number of responses that show which size is usual. */
  static final int ENOUGH = 4;

  private final Map<Origin, Sizes> origins = new ConcurrentHashMap<>();

  private record Sizes(int all, int small) {
    Sizes with(boolean isSmall) {
      return all == Integer.MAX_VALUE ? this : new Sizes(all + 1, isSmall ? small + 1 : small);
    }

    boolean areMostlySmall() {
      return all >= ENOUGH && small > all / 2;
    }
  }

  /** Records the size of a file in bytes, from a response. */
  void answered(Origin origin, long total) {
    if (origins.size() < Hosts.REMEMBERED || origins.containsKey(origin)) {
      origins.merge(
          origin, new Sizes(0, 0).with(total < FROM), (known, one) -> known.with(total < FROM));
    }
  }

  /**
   * Returns whether a file of the origin is small, or probably small.
   *
   * @param total its size in bytes, if it is known
   */
  boolean isSmall(Origin origin, OptionalLong total) {
    if (total.isPresent()) {
      return total.getAsLong() < FROM;
    }
    Sizes sizes = origins.get(origin);
    return sizes != null && sizes.areMostlySmall();
  }
}
