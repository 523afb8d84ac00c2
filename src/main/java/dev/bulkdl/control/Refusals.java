package dev.bulkdl.control;

import java.util.concurrent.TimeUnit;

/**
 * What a server's refusals say about the number of connections that it bears. All times are
 * nanoseconds of one clock. Not thread-safe.
 */
final class Refusals {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** This number of refusals in a row, each perhaps about its URL, is about the client. */
  private static final int DOUBTFUL = 3;

  /** How long the number stays below one that the server refused. */
  private static final long REMEMBERED = TimeUnit.HOURS.toNanos(1);

  /** After a refusal the number grows by one each second; after each further one more slowly. */
  private static final long SHORTEST_RECOVERY = SECOND;

  private static final long LONGEST_RECOVERY = 10 * SECOND;

  /** What a refusal means. */
  enum Meaning {
    NOTHING,
    /** More connections are to be tried later. */
    NOT_NOW,
    /** All but this connection are being served: their number is the limit. */
    LIMIT,
    /** Connections that were served before are too many now. */
    TOO_MANY
  }

  private int ceiling = Integer.MAX_VALUE;
  private long until;
  private long retreatedAt;
  private int doubtful;
  private int doubtfulAbove;
  private long oneMoreEvery = SHORTEST_RECOVERY / 2;

  /**
   * @param now the present time
   */
  Refusals(long now) {
    retreatedAt = now - SECOND;
  }

  /** Returns the largest number of connections that the server may bear. */
  int ceiling() {
    return ceiling;
  }

  /** Returns the time between two steps on the way back. */
  long oneMoreEvery() {
    return oneMoreEvery;
  }

  /** Records a good response with more connections than ever before, or with as many. */
  void answered(boolean isMoreThanEver) {
    doubtful = 0;
    if (isMoreThanEver) {
      doubtfulAbove = 0;
    }
  }

  /**
   * Records a refusal.
   *
   * @param level the number of connections in use when the connection of the request began
   * @param proven the largest number with which a request was answered well
   * @param sure false if the refusal can have another cause, such as this one URL; then several
   *     count
   */
  Meaning refused(int level, int proven, boolean sure, long now) {
    if (level > proven) {
      doubtfulAbove++;
      boolean counts = proven > 0 && (sure || doubtfulAbove >= DOUBTFUL);
      return counts ? Meaning.LIMIT : Meaning.NOT_NOW;
    }
    doubtful++;
    boolean counts = (sure || doubtful >= DOUBTFUL) && now - retreatedAt >= SECOND;
    if (counts) {
      oneMoreEvery = Math.min(2 * oneMoreEvery, LONGEST_RECOVERY);
    }
    return counts ? Meaning.TOO_MANY : Meaning.NOTHING;
  }

  /** Remembers the largest number that the server bears. */
  void remember(int most, long now) {
    ceiling = Math.min(most, ceiling);
    until = now + REMEMBERED;
    retreatedAt = now;
    doubtful = 0;
    doubtfulAbove = 0;
  }

  /** Forgets the ceiling when its time is over. */
  void pass(long now) {
    if (now - until >= 0) {
      ceiling = Integer.MAX_VALUE;
    }
  }
}
