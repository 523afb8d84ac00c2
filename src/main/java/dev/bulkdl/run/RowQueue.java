package dev.bulkdl.run;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows that were read ahead, and the rule for the next one: the highest priority goes first;
 * among equals, the host with the fewest files in work; among these, the host whose turn was
 * longest ago. The rows of one host keep their order. A host without room is passed over, so it
 * holds up no other. Not thread-safe: the caller holds a lock.
 */
final class RowQueue {

  /**
   * A row that has not begun.
   *
   * @param before the earlier failure of this file in this run
   * @param lane its lane, 0 or 1; where both have rows, each has half of the files in work
   */
  record Row(Download download, Optional<Outcome.Failed> before, int lane) {}

  /** Whether one more file of a host can begin. */
  enum Verdict {
    ROOM,
    /** Its host has no room; another host can have some. */
    HOST_IS_FULL,
    /** No host has room. */
    RUN_IS_FULL
  }

  /** Decides whether one more file of this host can begin. */
  @FunctionalInterface
  interface Rule {
    Verdict judge(HostLoad host);
  }

  /** The number of lanes. */
  static final int LANES = 2;

  /** Looking at more hosts than these takes longer than a small file. */
  private static final int LOOKED_AT = 64;

  private static final Comparator<HostLoad> TURN =
      Comparator.comparingInt(HostLoad::priority)
          .reversed()
          .thenComparingInt(HostLoad::begun)
          .thenComparingLong(host -> host.turn);

  private final Map<Origin, HostLoad> hosts = new ConcurrentHashMap<>();

  /** The hosts with rows that may have room. */
  private final TreeSet<HostLoad> open = new TreeSet<>(TURN);

  /** The hosts with rows that had no room when they were looked at last. */
  private final Set<HostLoad> full = new LinkedHashSet<>();

  private long turns;
  private final int[] sizeOf = new int[LANES];
  private int size;
  private int begun;
  private int asking;
  private int blocked;

  /** The rows and files of one host. Only the queue changes it. */
  static final class HostLoad {

    private final Origin origin;
    private final NavigableMap<Integer, List<Deque<Row>>> rows = new TreeMap<>();
    private final int[] begunOf = new int[LANES];
    private long turn;
    private int begun;
    private int asking;
    private int blocked;
    private int endedUnasked;
    private int half = 1;
    private volatile int waiting;

    private HostLoad(Origin origin, long turn) {
      this.origin = origin;
      this.turn = turn;
    }

    Origin origin() {
      return origin;
    }

    /** Returns the number of its files that have begun and not ended. */
    int begun() {
      return begun;
    }

    /** Returns the number of its files that wait for a connection, or are about to. */
    int asking() {
      return asking;
    }

    /** Returns how many of its files have ended without a connection, one after another. */
    int endedUnasked() {
      return endedUnasked;
    }

    private int priority() {
      return rows.isEmpty() ? Integer.MIN_VALUE : rows.lastKey();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the caller's lock only
    private void add(Row row) {
      List<Deque<Row>> lanes =
          rows.computeIfAbsent(
              row.download().priority(), same -> List.of(new ArrayDeque<>(0), new ArrayDeque<>(0)));
      lanes.get(row.lane()).add(row);
      waiting++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the caller's lock only
    private Row take() {
      List<Deque<Row>> lanes = rows.lastEntry().getValue();
      int lane = begunOf[0] <= begunOf[1] || begunOf[1] >= half ? 0 : 1;
      Row row = lanes.get(lanes.get(lane).isEmpty() ? 1 - lane : lane).remove();
      if (lanes.stream().allMatch(Collection::isEmpty)) {
        rows.pollLastEntry();
      }
      waiting--;
      return row;
    }
  }

  /** Returns the number of rows that have not begun. */
  int size() {
    return size;
  }

  /** Returns the number of rows of this lane that have not begun. */
  int size(int lane) {
    return sizeOf[lane];
  }

  /** Returns the number of files that have begun and not ended. */
  int begun() {
    return begun;
  }

  /**
   * Returns the number of files that wait for a connection and could have one of their host. The
   * others wait for their host only.
   */
  int ready() {
    return asking - blocked;
  }

  /**
   * Records what its host has left for the files of a host that wait for a connection.
   *
   * @param free the number of connections that the host can give
   * @param most the largest number of files that can have a connection to it at a time
   */
  void noteFree(HostLoad host, int free, int most) {
    host.half = Math.max(1, most / 2);
    setBlocked(host, Math.max(0, host.asking - Math.max(0, free)));
  }

  private void setBlocked(HostLoad host, int now) {
    blocked += now - host.blocked;
    host.blocked = now;
  }

  private void changeAsking(HostLoad host, int by) {
    host.asking += by;
    asking += by;
    setBlocked(host, Math.min(host.blocked, host.asking));
  }

  /** Returns whether all files and rows are of one host. */
  boolean hasOneHost() {
    return hosts.size() <= 1;
  }

  void add(Row row) {
    Origin origin = row.download().origin();
    HostLoad host = hosts.get(origin);
    if (host == null) {
      host = new HostLoad(origin, turns++);
      hosts.put(origin, host);
    }
    forget(host);
    host.add(row);
    size++;
    sizeOf[row.lane()]++;
    open.add(host);
  }

  /** Returns the next row whose host has room, and counts its file as begun and asking. */
  Optional<Row> next(Rule rule) {
    List<HostLoad> looked = new ArrayList<>(0);
    HostLoad chosen = null;
    int count = 0;
    for (HostLoad host : open) {
      Verdict verdict = rule.judge(host);
      if (verdict == Verdict.ROOM) {
        chosen = host;
        break;
      }
      if (verdict == Verdict.HOST_IS_FULL) {
        looked.add(host);
      } else if (++count == LOOKED_AT) {
        break;
      }
    }
    looked.forEach(open::remove);
    full.addAll(looked);
    return Optional.ofNullable(chosen).map(this::begin);
  }

  private Row begin(HostLoad host) {
    forget(host);
    Row row = host.take();
    host.turn = turns++;
    host.begun++;
    host.begunOf[row.lane()]++;
    begun++;
    changeAsking(host, 1);
    size--;
    sizeOf[row.lane()]--;
    consider(host);
    return row;
  }

  /** Records that a file waits for a connection, or no longer does. */
  void asks(Origin origin, boolean now) {
    HostLoad host = hosts.get(origin);
    if (host != null) {
      changeAsking(host, now ? 1 : -1);
      host.endedUnasked = 0;
      reconsider(host);
    }
  }

  /**
   * Records that a file has ended.
   *
   * @param wasAsking whether it was waiting for a connection
   */
  void ended(Row row, boolean wasAsking) {
    Origin origin = row.download().origin();
    HostLoad host = hosts.get(origin);
    if (host == null) {
      return;
    }
    forget(host);
    host.begun--;
    host.begunOf[row.lane()]--;
    changeAsking(host, wasAsking ? -1 : 0);
    host.endedUnasked += wasAsking ? 1 : 0;
    begun--;
    if (host.begun == 0 && host.rows.isEmpty()) {
      hosts.remove(origin);
    } else {
      consider(host);
    }
  }

  /** Looks at all hosts again at the next call of {@link #next}. */
  void reconsiderAll() {
    open.addAll(full);
    full.clear();
  }

  /** Returns how many rows of this host have not begun. Any thread can call it. */
  int waiting(Origin origin) {
    HostLoad host = hosts.get(origin);
    return host == null ? 0 : host.waiting;
  }

  /** Returns all rows that have not begun, and forgets them. */
  List<Row> takeAll() {
    List<Row> all = new ArrayList<>();
    for (HostLoad host : hosts.values()) {
      while (!host.rows.isEmpty()) {
        all.add(host.take());
      }
    }
    hosts.values().removeIf(host -> host.begun == 0);
    open.clear();
    full.clear();
    size = 0;
    Arrays.fill(sizeOf, 0);
    return all;
  }

  /** The sorted set must not hold a host while its place in the order changes. */
  private void forget(HostLoad host) {
    open.remove(host);
    full.remove(host);
  }

  private void consider(HostLoad host) {
    if (!host.rows.isEmpty()) {
      open.add(host);
    }
  }

  private void reconsider(HostLoad host) {
    if (full.remove(host)) {
      open.add(host);
    }
  }
}
