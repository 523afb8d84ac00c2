package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements about jobs. Each runs inside the caller's transaction. */
final class JobTable {

  private static final String UNFINISHED = "ended IS NULL AND state NOT IN ('storing', 'deleting')";

  private JobTable() {}

  static Optional<JobRow> find(Sql sql, String id) throws SQLException {
    return sql.first(
        "SELECT " + JobRow.COLUMNS + " WHERE j.id = ? AND " + JobRow.VISIBLE, JobRow::of, id);
  }

  /** A part of the list, with the cursor of each job. */
  record Keyed(JobRow row, Cursor cursor) {}

  static List<Keyed> list(
      Sql sql, JobFilter filter, JobOrder order, Optional<Cursor> after, int limit)
      throws SQLException {
    List<Object> arguments = new ArrayList<>();
    String where = where(filter, arguments);
    if (after.isPresent()) {
      where += " AND (" + order.key() + ", j.id) > (?, ?)";
      arguments.add(order.value(after.get()));
      arguments.add(after.get().id());
    }
    arguments.add(limit);
    return sql.list(
        "SELECT "
            + order.key()
            + " AS key, "
            + JobRow.COLUMNS
            + where
            + " ORDER BY 1, j.id LIMIT ?",
        row -> new Keyed(JobRow.of(row), new Cursor(row.getString("key"), row.getString("id"))),
        arguments.toArray());
  }

  static long count(Sql sql, JobFilter filter) throws SQLException {
    List<Object> arguments = new ArrayList<>();
    String where = where(filter, arguments);
    return sql.number("SELECT count(*) FROM jobs j" + where, arguments.toArray());
  }

  private static String where(JobFilter filter, List<Object> arguments) {
    StringBuilder where = new StringBuilder(" WHERE " + JobRow.VISIBLE);
    filter
        .owner()
        .ifPresent(
            owner -> {
              where.append(" AND j.owner = ?");
              arguments.add(owner);
            });
    if (!filter.states().isEmpty()) {
      where.append(" AND j.state IN (SELECT value FROM json_each(?))");
      arguments.add(JobJson.write(filter.states().stream().map(JobState::label).toList()));
    }
    if (!filter.text().isEmpty()) {
      where.append(
          " AND (j.name LIKE ?1t OR j.note LIKE ?1t OR j.folder LIKE ?1t)"
              .replace("?1t", "? ESCAPE '\\'"));
      for (int i = 0; i < 3; i++) {
        arguments.add(FileTable.pattern(filter.text()));
      }
    }
    return where.toString();
  }

  /** Returns the place of a job in the queue, from 1. */
  static long position(Sql sql, JobRow job) throws SQLException {
    return job.ended().isPresent()
        ? 0
        : 1
            + sql.number(
                "SELECT count(*) FROM jobs WHERE "
                    + UNFINISHED
                    + " AND (priority > ? OR (priority = ? AND pos < ?))",
                job.priority(),
                job.priority(),
                job.pos());
  }

  /** Returns the jobs that can start or run, in the order in which they start. */
  static List<JobRow> unfinished(Sql sql) throws SQLException {
    return sql.list(
        "SELECT "
            + JobRow.COLUMNS
            + " WHERE j.state IN ('queued', 'scheduled', 'waiting', 'running', 'pausing')"
            + " ORDER BY j.priority DESC, j.pos, j.id",
        JobRow::of);
  }

  /** Numbers and bytes of rows by state. */
  record Counts(Map<FileState, Long> rows, long bytes) {

    long of(FileState state) {
      return rows.getOrDefault(state, 0L);
    }
  }

  static Counts counts(Sql sql, String id) throws SQLException {
    Map<FileState, Long> rows = new EnumMap<>(FileState.class);
    long[] bytes = {0};
    sql.list(
        "SELECT state, n, bytes FROM job_counts WHERE job = ?",
        row -> {
          long n = row.getLong(2);
          if (n != 0) {
            rows.put(FileState.named(row.getString(1)).orElseThrow(), n);
          }
          bytes[0] += row.getLong(3);
          return n;
        },
        id);
    return new Counts(rows, bytes[0]);
  }

  static void addCount(Sql sql, String id, String state, long rows, long bytes)
      throws SQLException {
    sql.update(
        "INSERT INTO job_counts (job, state, n, bytes) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (job, state) DO UPDATE SET n = n + excluded.n,"
            + " bytes = bytes + excluded.bytes",
        id,
        state,
        rows,
        bytes);
  }

  static long nextPos(Sql sql) throws SQLException {
    return 1 + sql.number("SELECT max(pos) FROM jobs");
  }

  /** A state with what explains it. */
  record Change(
      JobState state, Optional<String> reason, Optional<Instant> until, Optional<String> hint) {

    static Change to(JobState state) {
      return new Change(state, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Change waiting(String reason, Optional<Instant> until, String hint) {
      return new Change(JobState.WAITING, Optional.of(reason), until, Optional.of(hint));
    }

    static Change paused(String reason, String hint) {
      return new Change(JobState.PAUSED, Optional.of(reason), Optional.empty(), Optional.of(hint));
    }
  }

  /** Sets the state if it or its reason differs. Returns whether it did. */
  static boolean set(Sql sql, JobRow job, Change to, Instant now) throws SQLException {
    boolean same = job.state() == to.state() && job.reason().equals(to.reason());
    if (same && job.until().equals(to.until()) && job.hint().equals(to.hint())) {
      return false;
    }
    Optional<Long> ended =
        to.state().hasEnded()
            ? Optional.of(job.ended().orElse(now).toEpochMilli())
            : Optional.empty();
    Optional<Long> started =
        job.started()
            .or(() -> to.state() == JobState.RUNNING ? Optional.of(now) : Optional.empty())
            .map(Instant::toEpochMilli);
    sql.update(
        "UPDATE jobs SET state = ?, reason = ?, since = ?, until = ?, hint = ?, started = ?,"
            + " ended = ? WHERE id = ?",
        to.state().label(),
        to.reason(),
        same ? job.since().toEpochMilli() : now.toEpochMilli(),
        to.until().map(Instant::toEpochMilli),
        to.hint(),
        started,
        ended,
        job.id());
    return true;
  }

  /** Puts a job at another place of the queue. */
  static void move(Sql sql, String id, Move move) throws SQLException {
    List<String> order =
        new ArrayList<>(sql.list("SELECT id FROM jobs ORDER BY pos, id", row -> row.getString(1)));
    order.remove(id);
    int at =
        switch (move) {
          case Move.Top ignored -> 0;
          case Move.Bottom ignored -> order.size();
          case Move.Before before -> indexOf(order, before.job());
          case Move.After after -> indexOf(order, after.job()) + 1;
        };
    order.add(at, id);
    for (int i = 0; i < order.size(); i++) {
      sql.update("UPDATE jobs SET pos = ? WHERE id = ? AND pos <> ?", i + 1, order.get(i), i + 1);
    }
  }

  private static int indexOf(List<String> order, String id) {
    int at = order.indexOf(id);
    if (at < 0) {
      throw new InvalidJobException("position", "there is no such other job");
    }
    return at;
  }
}
