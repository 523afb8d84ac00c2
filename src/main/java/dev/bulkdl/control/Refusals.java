package dev.bulkdl.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What a server's refusals say about the number of connections that it bears. All times are
 * nanoseconds of one clock. Not thread-safe.
 */
final class Refusals {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Refusals of different URLs in this time belong together. */
  private static final long TOGETHER = 10 * SECOND;

  /** After each time that doubtful ones counted, more are needed, up to this many times as many. */
  private static final int MOST_PATIENCE = 16;

  /** How long the number stays below one that the server refused. */
  private static final long REMEMBERED = TimeUnit.HOURS.toNanos(1);

  /** After a refusal the number grows by one each second; after each further one more slowly. */
  private static final long SHORTEST_RECOVERY = SECOND;

  private static final long LONGEST_RECOVERY = 10 * SECOND;

  /** Refusals that are not sure count no more from here: the files themselves are the reason. */
  private static final int NO_TRUST = -3;

  private static final int LEAST_TRUST = -8;
  private static final int MOST_TRUST = 2;

  /** What a refusal means. */
  enum Meaning {
    NOTHING,
    /** More connections are to be tried later. */
    NOT_NOW,
    /** All but this connection are being served: their number is the limit. */
    LIMIT,
    /** Connections that were served before are too many now. */
    TOO_MANY,
    /** The number was lowered less than a second ago, and is still too large. */
    STILL_TOO_MANY
  }

  /** A refusal, and the number of connections in use when its connection began. */
  private record Refused(int level, long at) {}

  private int ceiling = Integer.MAX_VALUE;

  /** The ceiling from refusals that can have another reason. */
  private int doubtfulCeiling = Integer.MAX_VALUE;

  /** Files that were served at their second request, less those that were refused again. */
  private int trust;

  private long until;
  private long retreatedAt;
  private final Deque<Refused> recent = new ArrayDeque<>();
  private int patience = 1;
  private long oneMoreEvery = SHORTEST_RECOVERY / 2;

  /**
   * @param now the present time
   */
  Refusals(long now) {
    retreatedAt = now - SECOND;
  }

  /** Returns the largest number of connections that the server may bear. */
  int ceiling() {
    return Math.min(ceiling, doubtfulCeiling);
  }

  /** Returns the time between two steps on the way back. */
  long oneMoreEvery() {
    return oneMoreEvery;
  }

  /**
   * Records a refusal.
   *
   * @param level the number of connections in use when the connection of the request began
   * @param proven the largest number with which a request was answered well
   * @param how how certain it is that the number of connections is the reason
   */
  Meaning refused(int level, int proven, Certainty how, long now) {
    if (how != Certainty.SURE && trust <= NO_TRUST) {
      return Meaning.NOTHING;
    }
    recent.removeIf(earlier -> now - earlier.at > TOGETHER);
    recent.add(new Refused(level, now));
    boolean counts = recent.size() >= needed(how);
    if (level > proven) {
      return counts && proven > 0 ? counted(how, Meaning.LIMIT) : Meaning.NOT_NOW;
    }
    if (!counts) {
      return Meaning.NOTHING;
    }
    if (now - retreatedAt < SECOND) {
      return Meaning.STILL_TOO_MANY;
    }
    oneMoreEvery = Math.min(2 * oneMoreEvery, LONGEST_RECOVERY);
    return counted(how, Meaning.TOO_MANY);
  }

  private int needed(Certainty how) {
    return how == Certainty.DOUBTFUL ? patience * how.needed() : how.needed();
  }

  /** A list can have many URLs that a server never serves, whatever the number of connections. */
  private Meaning counted(Certainty how, Meaning meaning) {
    if (how == Certainty.DOUBTFUL) {
      patience = Math.min(2 * patience, MOST_PATIENCE);
    }
    return meaning;
  }

  /**
   * Records the second request for a file that was refused for a reason that is not sure.
   *
   * @return whether it is known now that the number of connections was not the reason
   */
  boolean triedAgain(boolean served) {
    boolean trusted = trust > NO_TRUST;
    trust = Math.clamp(trust + (served ? 1L : -1L), LEAST_TRUST, MOST_TRUST);
    if (!trusted || trust > NO_TRUST) {
      return false;
    }
    doubtfulCeiling = Integer.MAX_VALUE;
    oneMoreEvery = SHORTEST_RECOVERY / 2;
    recent.clear();
    return true;
  }

  /** Returns the smallest number of connections with which a request was refused of late. */
  int leastRefused() {
    return recent.stream().mapToInt(Refused::level).min().orElse(Integer.MAX_VALUE);
  }

  /** Remembers the largest number that the server bears. */
  void remember(int most, Certainty how, long now) {
    if (how == Certainty.SURE) {
      ceiling = Math.min(most, ceiling);
    } else {
      doubtfulCeiling = Math.min(most, doubtfulCeiling);
    }
    until = now + REMEMBERED;
    retreatedAt = now;
    recent.clear();
  }

  /** Forgets the ceiling when its time is over. */
  void pass(long now) {
    if (now - until >= 0) {
      ceiling = Integer.MAX_VALUE;
      doubtfulCeiling = Integer.MAX_VALUE;
    }
  }
}
