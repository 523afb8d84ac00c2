package dev.bulkdl.transfer;

import dev.bulkdl.model.Origin;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which files are small. Requests for these can share connections over HTTP/2. Where the
 * list states no size, the last responses of the origin count. Thread-safe.
 */
final class SmallFiles {

  /** The number of responses that show which size is usual. */
  static final int ENOUGH = 4;

  private static final int MOST = 16;

  private final Map<Origin, Sizes> origins = new ConcurrentHashMap<>();

  private record Sizes(int all, int small) {
    /** The last ones count most, because the size below which files are small can change. */
    Sizes with(boolean isSmall) {
      Sizes known = all < MOST ? this : new Sizes(all / 2, small / 2);
      return new Sizes(known.all + 1, isSmall ? known.small + 1 : known.small);
    }

    boolean areMostlySmall() {
      return all >= ENOUGH && small > all / 2;
    }
  }

  /** Records a response, and whether its file is small. */
  void answered(Origin origin, boolean isSmall) {
    if (origins.size() < Hosts.REMEMBERED || origins.containsKey(origin)) {
      origins.merge(origin, new Sizes(0, 0).with(isSmall), (known, one) -> known.with(isSmall));
    }
  }

  /**
   * Returns whether a file of the origin is small, or probably small.
   *
   * @param total its size in bytes, if it is known
   * @param below the number of bytes below which files are small
   */
  boolean isSmall(Origin origin, OptionalLong total, long below) {
    if (below == 0 || total.isPresent()) {
      return total.orElse(0) < below;
    }
    Sizes sizes = origins.get(origin);
    return sizes != null && sizes.areMostlySmall();
  }
}
