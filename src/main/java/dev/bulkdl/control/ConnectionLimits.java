package dev.bulkdl.control;

import dev.bulkdl.settings.Limits;

/**
 * The limits of connections.
 *
 * @param inAll the limit for all origins together, at least 1
 * @param perOrigin the limit for each origin, at least 1
 */
record ConnectionLimits(int inAll, int perOrigin) {

  static ConnectionLimits of(Limits limits) {
    return new ConnectionLimits(limits.maxConnections(), limits.maxPerHost());
  }

  /**
   * Returns the number of connections that are allowed while this number of origins is in use. No
   * origin counts as one.
   */
  int allowed(int origins) {
    return (int) Math.min(inAll, (long) perOrigin * Math.max(1, origins));
  }

  /** Returns these limits, but no more than this number for each origin, at least 1. */
  ConnectionLimits perOriginAtMost(int connections) {
    return new ConnectionLimits(inAll, Math.min(perOrigin, connections));
  }

  /**
   * Returns limits that allow {@code delta} more connections (fewer if negative) for this number of
   * origins, or the nearest possible number. It changes the limit that is effective now. It changes
   * the other limit too if that one would then be the lower one.
   */
  ConnectionLimits changed(int delta, int origins) {
    int used = Math.max(1, origins);
    int wanted = Math.clamp((long) allowed(used) + delta, 1, Integer.MAX_VALUE);
    if (delta >= 0) {
      return new ConnectionLimits(
          Math.max(inAll, wanted), Math.max(perOrigin, Math.ceilDiv(wanted, used)));
    }
    boolean fitsEach = (long) perOrigin * used < inAll && wanted >= used;
    return fitsEach
        ? new ConnectionLimits(inAll, wanted / used)
        : new ConnectionLimits(wanted, perOrigin);
  }
}
