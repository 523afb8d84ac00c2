package dev.bulkdl.serve.job;

import dev.bulkdl.serve.job.FileTable.Condition;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What users do to rows. Each runs inside the caller's transaction and keeps the counts right. */
final class FileChanges {

  private static final String IS_OPEN = "state IN ('pending', 'held')";

  private FileChanges() {}

  /**
   * Gives rows another state.
   *
   * @param action one that does not move rows
   */
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
          case FIRST, LAST -> throw new IllegalArgumentException(action + " moves rows");
        };
    return new BatchResult(matched, changed);
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

  /** Returns those that are not fetched yet, in the order in which they would be. */
  static List<Long> openInOrder(Sql sql, Condition which) throws SQLException {
    Condition open = which.and(IS_OPEN);
    return sql.list(
        "SELECT row_no FROM files" + open.where() + " ORDER BY pos, row_no",
        row -> row.getLong(1),
        open.array());
  }

  /** Returns a position before which rows are moved to be the first ones. */
  static long leastPosition(Sql sql, String job) throws SQLException {
    long least = sql.number("SELECT min(pos) FROM files WHERE job = ?", job);
    return Math.min(least, RowFeed.MOVED_FIRST);
  }

  static long greatestPosition(Sql sql, String job) throws SQLException {
    return sql.number("SELECT max(pos) FROM files WHERE job = ?", job);
  }

  /** Puts those that are still open behind a position, in this order. */
  static int place(Sql sql, String job, List<Long> inOrder, long behind) throws SQLException {
    return sql.update(
        "UPDATE files SET pos = ? + 1 + moved.key FROM json_each(?) AS moved"
            + " WHERE files.job = ? AND files.row_no = moved.value AND "
            + IS_OPEN,
        behind,
        FileTable.json(inOrder),
        job);
  }
}
