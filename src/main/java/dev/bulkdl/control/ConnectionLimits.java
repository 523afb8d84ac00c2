package dev.bulkdl.control;

import dev.bulkdl.model.Limits;

/**
 * How many connections there may be.
 *
 * @param inAll to all origins together, at least 1
 * @param perOrigin to each origin, at least 1
 */
record ConnectionLimits(int inAll, int perOrigin) {

  static ConnectionLimits of(Limits limits) {
    return new ConnectionLimits(limits.maxConnections(), limits.maxPerHost());
  }

  /** How many these are while so many origins are in use; as for one where there is none. */
  int allowed(int origins) {
    return (int) Math.min(inAll, (long) perOrigin * Math.max(1, origins));
  }

  /**
   * What allows so many more (or fewer) while so many origins are in use, or as many as come next
   * to that: the limit that binds changes, the other one where it would bind then.
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
