package dev.bulkdl.run;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits.Room;
import dev.bulkdl.model.Origin;
import dev.bulkdl.run.RowQueue.HostLoad;
import dev.bulkdl.run.RowQueue.Row;
import dev.bulkdl.run.RowQueue.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Decides when a row begins: when its host and the run have a connection to give, and not before. A
 * few rows more begin, so that a connection that becomes free is used at once. The other rows wait
 * in a {@link RowQueue}, without a thread. Thread-safe.
 */
final class Admission {

  /** The number of rows of each lane that are read ahead. */
  static final int AHEAD = 1024;

  /**
   * The largest number of rows that are read ahead while the hosts of all others have no room. They
   * need about 20 MiB.
   */
  static final int MOST_AHEAD = 16 * AHEAD;

  /** Waking the reader costs about as much as the request of a small file. */
  private static final int READ_AT = AHEAD / 2;

  /** A pause ends without an event, so the rows are looked at again after this time. */
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * Files that exist need no connection. Where one after another does, this many are looked at at a
   * time, because a network disk answers late.
   */
  private static final int MOST_LOOKED_AT = 256;

  /** For each of so many connections one file is ready for the next that becomes free. */
  private static final int CONNECTIONS_FOR_ONE_READY = 4;

  private static final int LEAST_BEGUN = 2048;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final RowQueue queue = new RowQueue();
  private final Function<Origin, Optional<Room>> room;
  private final int mostBegun;
  private volatile int waiting;
  private int ahead = AHEAD;
  private boolean hasBegun;
  private boolean fills;
  private Verdict last = Verdict.ROOM;

  /**
   * @param maxFiles the limit of files in flight
   * @param room returns what is left of the permits for a host; empty while the host is paused
   */
  Admission(int maxFiles, Function<Origin, Optional<Room>> room) {
    this.room = room;
    this.mostBegun = Math.clamp(4L * maxFiles, LEAST_BEGUN, Integer.MAX_VALUE);
  }

  void add(List<Row> rows) {
    lock.lock();
    try {
      rows.forEach(queue::add);
      waiting = queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a row that begins at once, whatever is left, and counts it as begun. */
  Optional<Row> addBegun(Row row) {
    lock.lock();
    try {
      queue.add(row);
      Optional<Row> begun = queue.next(host -> Verdict.ROOM);
      waiting = queue.size();
      return begun;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next row that can begin now, and counts it as begun. */
  Optional<Row> next() {
    if (waiting == 0) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Row> take() {
    if (waiting == 0) {
      return Optional.empty();
    }
    Optional<Row> next = queue.next(this::judge);
    if (next.isPresent()) {
      hasBegun = true;
      waiting = queue.size();
      if (queue.size(next.get().lane()) == READ_AT || waiting == 0) {
        changed.signalAll();
      }
    }
    return next;
  }

  private Verdict judge(HostLoad host) {
    last = verdict(host);
    return last;
  }

  private Verdict verdict(HostLoad host) {
    int free = mostBegun - queue.begun();
    if (free <= 0) {
      return Verdict.RUN_IS_FULL;
    }
    // Files that wait for another attempt hold no connection. They leave places for other hosts.
    if (!queue.hasOneHost() && host.begun() >= free) {
      return Verdict.HOST_IS_FULL;
    }
    Optional<Room> left = room.apply(host.origin());
    return left.isEmpty() ? Verdict.HOST_IS_FULL : verdict(host, left.get());
  }

  private Verdict verdict(HostLoad host, Room left) {
    queue.noteFree(host, left.ofOrigin(), Math.min(left.mostOfOrigin(), left.mostInAll()));
    int more = Math.min(MOST_LOOKED_AT, host.endedUnasked());
    if (queue.ready() >= wanted(left.inAll(), left.mostInAll()) + more) {
      return Verdict.RUN_IS_FULL;
    }
    return host.asking() >= wanted(left.ofOrigin(), left.mostOfOrigin()) + more
        ? Verdict.HOST_IS_FULL
        : Verdict.ROOM;
  }

  /** Returns how many files can wait for a connection. */
  private static int wanted(int free, int most) {
    return Math.max(free, Math.max(1, most / CONNECTIONS_FOR_ONE_READY));
  }

  /**
   * Records that a file waits for a connection, or no longer does.
   *
   * @return the next row, if it can begin now
   */
  Optional<Row> asks(Origin origin, boolean now) {
    lock.lock();
    try {
      queue.asks(origin, now);
      return now ? Optional.empty() : take();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records that a file has ended.
   *
   * @param wasAsking whether it was waiting for a connection
   * @return the next row, if it can begin now because of this
   */
  Optional<Row> ended(Row row, boolean wasAsking) {
    lock.lock();
    try {
      boolean makesRoom = wasAsking || queue.begun() >= mostBegun;
      queue.ended(row, wasAsking);
      return makesRoom ? take() : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many rows of this host wait. Takes no lock. */
  int waiting(Origin origin) {
    return waiting > 0 ? queue.waiting(origin) : 0;
  }

  /** Returns the number of rows that wait. Takes no lock. */
  int waiting() {
    return waiting;
  }

  /** Returns all rows that wait, and forgets them. */
  List<Row> takeAll() {
    lock.lock();
    try {
      waiting = 0;
      return queue.takeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returned by {@link #await} when no row is to be read now. */
  static final int NO_LANE = -1;

  /**
   * Waits until more rows are to be read, or it is time to look again for one that can begin.
   *
   * @param lanes the lanes that have more rows to read; without any, this returns when no row
   *     waits, too
   * @return the lane from which rows are to be read; {@link #NO_LANE} if none
   * @throws java.util.concurrent.CancellationException when the work is cancelled
   */
  int await(List<Integer> lanes, Cancellation cancellation) {
    int[] lane = new int[1];
    cancellation.interruptibly(() -> lane[0] = await(lanes));
    return lane[0];
  }

  private int await(List<Integer> lanes) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = LOOK_EVERY;
      int lane = laneToRead(lanes);
      while (left > 0 && lane == NO_LANE && waiting > 0) {
        left = changed.awaitNanos(left);
        lane = laneToRead(lanes);
      }
      if (left <= 0) {
        queue.reconsiderAll();
        readFurtherIfStuck();
        fills = true;
        lane = laneToRead(lanes);
      }
      return lane;
    } finally {
      lock.unlock();
    }
  }

  /** Once begun, it goes on to read until enough rows are there. */
  private int laneToRead(List<Integer> lanes) {
    int lane = shortest(lanes, fills ? ahead : READ_AT + 1);
    fills = lane != NO_LANE;
    return lane;
  }

  /** Returns the lane with the fewest rows, if it has fewer than these. */
  private int shortest(List<Integer> lanes, int rows) {
    int shortest = NO_LANE;
    for (int lane : lanes) {
      if (queue.size(lane) < rows
          && (shortest == NO_LANE || queue.size(lane) < queue.size(shortest))) {
        shortest = lane;
      }
    }
    return shortest;
  }

  /** Where no row could begin for a while, perhaps those below are of other hosts. */
  private void readFurtherIfStuck() {
    boolean isStuck = !hasBegun && last == Verdict.HOST_IS_FULL;
    hasBegun = false;
    ahead = isStuck ? Math.min(MOST_AHEAD, waiting + AHEAD) : AHEAD;
  }
}
