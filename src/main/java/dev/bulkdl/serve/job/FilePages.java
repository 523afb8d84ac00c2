package dev.bulkdl.serve.job;

import dev.bulkdl.serve.job.FileTable.Condition;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Pages of a job's rows, and groups of its failures. */
final class FilePages {

  private static final int MOST_GROUPS = 200;
  private static final int SAMPLES = 10;

  private FilePages() {}

  /**
   * Returns the numbers of rows behind a cursor, or behind the first {@code at} ones. The rows of a
   * whole job are numbered, so no row before the first one is read.
   */
  static List<Long> numbers(
      Sql sql,
      Condition which,
      FileFilter filter,
      FileOrder order,
      Optional<Cursor> after,
      long at,
      int limit)
      throws SQLException {
    if (at == 0) {
      return FileTable.numbers(sql, which, order, after, limit);
    }
    return filter.equals(FileFilter.ALL) && order == FileOrder.ROW
        ? FileTable.numbers(sql, which.and("row_no > ?", at), order, after, limit)
        : FileTable.numbersAt(sql, which, order, at, limit);
  }

  /** Returns the number of rows that match; what the counts say already is not counted again. */
  static long total(Sql sql, JobRow job, Condition which, FileFilter filter, FileTable.InWork live)
      throws SQLException {
    if (filter.equals(FileFilter.ALL)) {
      return job.rows();
    }
    if (filter.host().isPresent() || !filter.text().isEmpty()) {
      return FileTable.count(sql, which);
    }
    JobTable.Counts counts = JobTable.counts(sql, job.id());
    boolean cancelled = job.state() == JobState.CANCELLED;
    FileState state = filter.state().orElseThrow();
    return switch (state) {
      case COMPLETED, SKIPPED, FAILED -> counts.of(state);
      case CANCELLED ->
          counts.of(state)
              + (cancelled ? counts.of(FileState.PENDING) + counts.of(FileState.HELD) : 0);
      case PENDING, HELD ->
          cancelled ? 0 : counts.of(state) - inWork(sql, job.id(), state, live.rows());
      case ACTIVE, RETRYING -> FileTable.count(sql, which);
    };
  }

  private static long inWork(Sql sql, String job, FileState state, Collection<Long> rows)
      throws SQLException {
    Condition those = FileTable.among(FileTable.all(job), rows);
    return FileTable.count(sql, those.and("state = ?", state.label()));
  }

  private record Group(String code, String host, long count, String sample) {}

  static List<FailureGroup> failures(Sql sql, String job) throws SQLException {
    List<Group> groups =
        sql.list(
            "SELECT ifnull(code, ''), host, count(*) AS n, ifnull(min(reason), '') FROM files"
                + " WHERE job = ? AND state = 'failed' GROUP BY code, host"
                + " ORDER BY n DESC, host LIMIT ?",
            row -> new Group(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)),
            job,
            MOST_GROUPS);
    List<FailureGroup> all = new ArrayList<>();
    for (Group group : groups) {
      List<Long> rows =
          sql.list(
              "SELECT row_no FROM files WHERE job = ? AND state = 'failed' AND code = ?"
                  + " AND host = ? ORDER BY row_no LIMIT ?",
              row -> row.getLong(1),
              job,
              group.code,
              group.host,
              SAMPLES);
      all.add(
          new FailureGroup(
              group.code,
              group.host,
              group.count,
              group.sample,
              FailureCode.nextStep(group.code),
              rows));
    }
    return all;
  }
}
