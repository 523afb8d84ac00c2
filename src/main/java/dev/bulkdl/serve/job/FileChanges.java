package dev.bulkdl.serve.job;

import dev.bulkdl.serve.job.FileTable.Condition;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What users do to rows. Each runs inside the caller's transaction and keeps the counts right. */
final class FileChanges {

  private FileChanges() {}

  static BatchResult act(Sql sql, String job, Condition which, FileAction action)
      throws SQLException {
    long matched = FileTable.count(sql, which);
    long changed =
        switch (action) {
          case HOLD -> change(sql, job, which, FileState.PENDING, FileState.HELD);
          case RELEASE -> change(sql, job, which, FileState.HELD, FileState.PENDING);
          case RETRY ->
              change(sql, job, which, FileState.FAILED, FileState.PENDING)
                  + change(sql, job, which, FileState.CANCELLED, FileState.PENDING);
          case CANCEL ->
              change(sql, job, which, FileState.PENDING, FileState.CANCELLED)
                  + change(sql, job, which, FileState.HELD, FileState.CANCELLED);
          case FIRST -> first(sql, job, which);
          case LAST -> last(sql, job, which);
        };
    return new BatchResult(matched, changed);
  }

  /** Takes all failed rows of a job up again. */
  static long retryFailed(Sql sql, String job) throws SQLException {
    Condition all = new Condition(" WHERE job = ?", List.of(job));
    return change(sql, job, all, FileState.FAILED, FileState.PENDING);
  }

  private static long change(Sql sql, String job, Condition which, FileState from, FileState to)
      throws SQLException {
    Condition those = which.and("state = ?", from.label());
    List<Object> arguments = new ArrayList<>();
    arguments.add(to.label());
    arguments.addAll(those.arguments());
    int changed =
        sql.update(
            "UPDATE files SET state = ?, code = NULL, reason = NULL, ended = NULL" + those.where(),
            arguments.toArray());
    if (changed > 0) {
      JobTable.addCount(sql, job, from.label(), -changed, 0);
      JobTable.addCount(sql, job, to.label(), changed, 0);
    }
    return changed;
  }

  private static long first(Sql sql, String job, Condition which) throws SQLException {
    Condition open = which.and("state IN ('pending', 'held')");
    long rows = FileTable.count(sql, open);
    long least = sql.number("SELECT min(pos) FROM files WHERE job = ?", job);
    return place(sql, job, open, Math.min(least, RowFeed.MOVED_FIRST) - rows - 1);
  }

  private static long last(Sql sql, String job, Condition which) throws SQLException {
    Condition open = which.and("state IN ('pending', 'held')");
    return place(sql, job, open, sql.number("SELECT max(pos) FROM files WHERE job = ?", job));
  }

  /** Puts rows behind a position and keeps their order. */
  private static long place(Sql sql, String job, Condition which, long behind) throws SQLException {
    List<Object> arguments = new ArrayList<>();
    arguments.add(behind);
    arguments.addAll(which.arguments());
    arguments.add(job);
    return sql.update(
        "UPDATE files SET pos = ? + ranked.place FROM (SELECT row_no AS number, row_number()"
            + " OVER (ORDER BY pos, row_no) AS place FROM files"
            + which.where()
            + ") AS ranked WHERE files.job = ? AND files.row_no = ranked.number",
        arguments.toArray());
  }
}
