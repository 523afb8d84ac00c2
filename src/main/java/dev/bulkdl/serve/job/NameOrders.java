package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows of jobs in the order of their names, for jumps into long lists. An order is made at the
 * first jump, about a second for a million rows, and kept for the next ones: names never change. An
 * index would make storing a job several times slower. Thread-safe.
 */
final class NameOrders {

  private static final int MOST_KEPT_ROWS = 4_000_000;

  /** Only one order is made at a time, so that the other readers are free. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Database database;
  private final Map<String, int[]> orders = new LinkedHashMap<>(16, 0.75f, true);

  NameOrders(Database database) {
    this.database = database;
  }

  /** Returns the numbers of up to so many rows behind the first {@code at} ones. */
  List<Long> numbers(JobRow job, boolean descending, long at, int limit) {
    int[] order = order(job);
    List<Long> numbers = new ArrayList<>();
    for (long i = at; i < order.length && numbers.size() < limit; i++) {
      int place = (int) (descending ? order.length - 1 - i : i);
      numbers.add((long) order[place]);
    }
    return numbers;
  }

  private int[] order(JobRow job) {
    lock.lock();
    try {
      int[] known = orders.get(job.id());
      if (known != null && known.length == job.rows()) {
        return known;
      }
      int[] made = database.read(sql -> make(sql, job));
      orders.remove(job.id());
      long kept = made.length + orders.values().stream().mapToLong(each -> each.length).sum();
      for (var oldest = orders.values().iterator();
          kept > MOST_KEPT_ROWS && oldest.hasNext();
          oldest.remove()) {
        kept -= oldest.next().length;
      }
      orders.put(job.id(), made);
      return made;
    } finally {
      lock.unlock();
    }
  }

  private static int[] make(Sql sql, JobRow job) throws SQLException {
    int[] numbers = new int[Math.toIntExact(job.rows())];
    int[] next = {0};
    sql.each(
        "SELECT row_no FROM files WHERE job = ? AND row_no <= ? ORDER BY name, row_no",
        row -> {
          numbers[next[0]] = row.getInt(1);
          next[0]++;
          return true;
        },
        job.id(),
        job.rows());
    return numbers;
  }
}
