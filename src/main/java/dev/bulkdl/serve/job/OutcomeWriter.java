package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.serve.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Stores how rows have ended: many in one transaction, at the latest after a quarter of a second.
 * While the database fails, it tries again; the runs wait when too much is left. Thread-safe.
 */
final class OutcomeWriter implements AutoCloseable {

  private static final int BATCH = 1000;
  private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final int MOST_WAITING = 50_000;
  private static final long AGAIN_MILLIS = 1000;

  private final Database database;
  private final BiConsumer<String, List<Long>> stored;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CompletableFuture<Boolean> closing = new CompletableFuture<>();
  private final Thread thread;

  /** What is in the queue. */
  sealed interface Item {}

  /** The end of a row. */
  record Ended(
      String job,
      long row,
      FileState state,
      long size,
      int attempts,
      Optional<String> code,
      Optional<String> reason,
      Optional<String> proof,
      Instant at)
      implements Item {}

  private record Flush(CompletableFuture<Boolean> done) implements Item {}

  /**
   * @param stored gets the rows of a job that are stored now
   */
  OutcomeWriter(Database database, BiConsumer<String, List<Long>> stored) {
    this.database = database;
    this.stored = stored;
    this.thread = Thread.ofPlatform().daemon().name("job-outcomes").start(this::work);
  }

  void add(Ended row) {
    put(row);
  }

  /** Returns when all that was added before is stored, or cannot be stored because all ends. */
  void flush() {
    Flush flush = new Flush(new CompletableFuture<>());
    put(flush);
    CompletableFuture.anyOf(flush.done, closing).join();
  }

  private void put(Item item) {
    boolean interrupted = false;
    while (!closing.isDone()) {
      try {
        if (queue.offer(item, AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    List<Ended> rows = new ArrayList<>();
    List<Flush> flushes = new ArrayList<>();
    try {
      while (!closing.isDone()) {
        gather(rows, flushes);
        store(rows);
        flushes.forEach(flush -> flush.done.complete(true));
        rows.clear();
        flushes.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the first, then for more until there are many, time is over, or one asks. */
  private void gather(List<Ended> rows, List<Flush> flushes) throws InterruptedException {
    Item first = queue.poll(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    long end = System.nanoTime() + BATCH_NANOS;
    for (Item item = first; item != null; ) {
      switch (item) {
        case Ended row -> rows.add(row);
        case Flush flush -> flushes.add(flush);
      }
      long left = flushes.isEmpty() ? end - System.nanoTime() : 0;
      item = rows.size() >= BATCH ? null : queue.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }

  private void store(List<Ended> rows) throws InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    while (!closing.isDone()) {
      try {
        database.write(sql -> write(sql, rows));
        break;
      } catch (StoreException e) {
        try {
          closing.get(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException t) {
          // it is tried again
        }
      }
    }
    Map<String, List<Long>> byJob = new HashMap<>();
    rows.forEach(row -> byJob.computeIfAbsent(row.job, same -> new ArrayList<>()).add(row.row));
    byJob.forEach(stored);
  }

  private record Key(String job, String state) {}

  private record Before(String state, long size) {}

  private static int write(Sql sql, List<Ended> rows) throws SQLException {
    Map<Key, long[]> counts = new HashMap<>();
    Map<String, Long> sizes = new HashMap<>();
    for (Ended row : rows) {
      Optional<Before> before =
          sql.first(
              "SELECT state, ifnull(size, 0) FROM files WHERE job = ? AND row_no = ?",
              found -> new Before(found.getString(1), found.getLong(2)),
              row.job,
              row.row);
      // What the user has cancelled stays so.
      if (before.filter(each -> isOpen(each.state)).isPresent()) {
        update(sql, row);
        long done = row.state == FileState.FAILED ? 0 : row.size;
        add(counts, row.job, before.get().state, -1, 0);
        add(counts, row.job, row.state.label(), 1, done);
        if (row.state != FileState.FAILED) {
          sizes.merge(row.job, row.size - before.get().size, Long::sum);
        }
      }
    }
    for (Map.Entry<Key, long[]> each : counts.entrySet()) {
      long[] sum = each.getValue();
      JobTable.addCount(sql, each.getKey().job, each.getKey().state, sum[0], sum[1]);
    }
    for (Map.Entry<String, Long> each : sizes.entrySet()) {
      sql.update("UPDATE jobs SET bytes = bytes + ? WHERE id = ?", each.getValue(), each.getKey());
    }
    return rows.size();
  }

  private static boolean isOpen(String state) {
    return state.equals(FileState.PENDING.label()) || state.equals(FileState.HELD.label());
  }

  private static void add(
      Map<Key, long[]> counts, String job, String state, long rows, long bytes) {
    long[] sum = counts.computeIfAbsent(new Key(job, state), same -> new long[2]);
    sum[0] += rows;
    sum[1] += bytes;
  }

  private static void update(Sql sql, Ended row) throws SQLException {
    boolean failed = row.state == FileState.FAILED;
    sql.update(
        "UPDATE files SET state = ?, size = CASE WHEN ? THEN size ELSE ? END, done = ?,"
            + " attempts = attempts + ?, code = ?, reason = ?, proof = ?, ended = ?"
            + " WHERE job = ? AND row_no = ?",
        row.state.label(),
        failed ? 1 : 0,
        row.size,
        failed ? 0 : row.size,
        row.attempts,
        row.code,
        row.reason,
        row.proof,
        row.at.toEpochMilli(),
        row.job,
        row.row);
  }

  /** Ends at once. The caller has flushed what is to be kept. */
  @Override
  public void close() {
    closing.complete(true);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
