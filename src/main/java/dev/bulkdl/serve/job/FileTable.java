package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The statements that read rows of jobs. Each runs inside the caller's transaction. */
final class FileTable {

  private FileTable() {}

  /**
   * A row as it is stored.
   *
   * @param offset where the row is in the job's file of rows
   */
  record FileRow(
      long row,
      FileState state,
      long pos,
      OptionalLong size,
      long done,
      int attempts,
      Optional<String> code,
      Optional<String> reason,
      Optional<String> proof,
      String name,
      String host,
      long offset,
      Optional<Instant> ended) {}

  private static final String COLUMNS =
      "row_no, state, pos, size, done, attempts, code, reason, proof, name, host, offset, ended";

  private static FileRow of(ResultSet row) throws SQLException {
    long size = row.getLong("size");
    OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
    return new FileRow(
        row.getLong("row_no"),
        FileState.named(row.getString("state")).orElseThrow(),
        row.getLong("pos"),
        known,
        row.getLong("done"),
        row.getInt("attempts"),
        Optional.ofNullable(row.getString("code")),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("proof")),
        row.getString("name"),
        row.getString("host"),
        row.getLong("offset"),
        JobRow.time(row, "ended"));
  }

  /** Returns a pattern of LIKE for a part of a text. */
  static String pattern(String part) {
    return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  /**
   * A condition on rows.
   *
   * @param where begins with WHERE
   */
  record Condition(String where, List<Object> arguments) {

    Condition and(String more, Object... values) {
      List<Object> all = new ArrayList<>(arguments);
      all.addAll(List.of(values));
      return new Condition(where + " AND " + more, all);
    }

    Object[] array(Object... more) {
      List<Object> all = new ArrayList<>(arguments);
      all.addAll(List.of(more));
      return all.toArray();
    }
  }

  /** Returns the condition for all rows of a job. */
  static Condition all(String job) {
    return new Condition(" WHERE job = ?", List.of(job));
  }

  /** Returns the condition for those of these rows that match. */
  static Condition among(Condition which, Collection<Long> rows) {
    return which.and("row_no IN (SELECT value FROM json_each(?))", json(rows));
  }

  /** A row that is in work, for filters by state. */
  interface InWork {
    /** Returns the rows in this state, which is active or retrying. */
    Collection<Long> rows(FileState state);

    /** Returns all rows in work. */
    Collection<Long> rows();
  }

  /**
   * Returns the condition for a filter.
   *
   * @param cancelled whether the whole job is: its open rows then count as cancelled
   */
  static Condition condition(String job, FileFilter filter, InWork live, boolean cancelled) {
    Condition all = all(job);
    if (filter.state().isPresent()) {
      all = byState(all, filter.state().get(), live, cancelled);
    }
    if (filter.host().isPresent()) {
      all = all.and("host = ?", filter.host().get());
    }
    if (!filter.text().isEmpty()) {
      all = all.and("name LIKE ? ESCAPE '\\'", pattern(filter.text()));
    }
    return all;
  }

  private static Condition byState(Condition all, FileState state, InWork live, boolean cancelled) {
    return switch (state) {
      case ACTIVE, RETRYING -> among(all, live.rows(state));
      case PENDING, HELD ->
          cancelled
              ? all.and("0")
              : all.and("state = ?", state.label())
                  .and("row_no NOT IN (SELECT value FROM json_each(?))", json(live.rows()));
      case CANCELLED ->
          cancelled
              ? all.and("state IN ('pending', 'held', 'cancelled')")
              : all.and("state = ?", state.label());
      case COMPLETED, SKIPPED, FAILED -> all.and("state = ?", state.label());
    };
  }

  static String json(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  static Optional<FileRow> find(Sql sql, String job, long row) throws SQLException {
    return sql.first(
        "SELECT " + COLUMNS + " FROM files WHERE job = ? AND row_no = ?", FileTable::of, job, row);
  }

  static List<FileRow> findAll(Sql sql, String job, Collection<Long> rows) throws SQLException {
    return sql.list(
        "SELECT "
            + COLUMNS
            + " FROM files WHERE job = ? AND row_no IN (SELECT value FROM json_each(?))"
            + " ORDER BY pos, row_no",
        FileTable::of,
        job,
        json(rows));
  }

  static long count(Sql sql, Condition which) throws SQLException {
    return sql.number("SELECT count(*) FROM files" + which.where(), which.array());
  }

  /** Returns these rows, in this order. */
  static List<FileRow> inOrder(Sql sql, String job, List<Long> numbers) throws SQLException {
    Map<Long, FileRow> rows = new HashMap<>();
    findAll(sql, job, numbers).forEach(row -> rows.put(row.row(), row));
    return numbers.stream().map(rows::get).filter(Objects::nonNull).toList();
  }

  /**
   * Returns the numbers of rows behind a cursor. To ask for nothing else lets SQLite look at the
   * small indexes only, and sort little.
   */
  static List<Long> numbers(
      Sql sql, Condition which, FileOrder order, Optional<Cursor> after, int limit)
      throws SQLException {
    Condition from = after.isPresent() ? behind(which, order, after.get()) : which;
    return sql.list(
        "SELECT row_no FROM files" + from.where() + " ORDER BY " + orderBy(order) + " LIMIT ?",
        row -> row.getLong(1),
        from.array(limit));
  }

  /**
   * Returns the numbers of rows behind the first {@code skipped} ones. SQLite sorts much faster
   * when it does not know how many are wanted.
   */
  static List<Long> numbersAt(Sql sql, Condition which, FileOrder order, long skipped, int limit)
      throws SQLException {
    List<Long> numbers = new ArrayList<>();
    long[] left = {skipped};
    sql.each(
        "SELECT row_no FROM files" + which.where() + " ORDER BY " + orderBy(order),
        row -> {
          if (left[0] > 0) {
            left[0]--;
          } else {
            numbers.add(row.getLong(1));
          }
          return numbers.size() < limit;
        },
        which.array());
    return numbers;
  }

  /** Returns the rows that are next for a run, behind this place in their order. */
  static List<FileRow> next(Sql sql, String job, long pos, long row, int limit)
      throws SQLException {
    return sql.list(
        "SELECT "
            + COLUMNS
            + " FROM files WHERE job = ? AND state = 'pending' AND (pos, row_no) > (?, ?)"
            + " ORDER BY pos, row_no LIMIT ?",
        FileTable::of,
        job,
        pos,
        row,
        limit);
  }

  static Cursor cursor(FileRow row, FileOrder order) {
    String key =
        switch (order) {
          case ROW, ROW_DESCENDING -> "";
          case NAME, NAME_DESCENDING -> row.name();
          case SIZE, SIZE_DESCENDING -> String.valueOf(row.size().orElse(-1));
        };
    return new Cursor(key, String.valueOf(row.row()));
  }

  private static Condition behind(Condition which, FileOrder order, Cursor after) {
    long row = after.idNumber();
    return switch (order) {
      case ROW -> which.and("row_no > ?", row);
      case ROW_DESCENDING -> which.and("row_no < ?", row);
      case NAME -> which.and("(name, row_no) > (?, ?)", after.key(), row);
      case NAME_DESCENDING -> which.and("(name, row_no) < (?, ?)", after.key(), row);
      case SIZE -> which.and("(ifnull(size, -1), row_no) > (?, ?)", after.number(), row);
      case SIZE_DESCENDING -> which.and("(ifnull(size, -1), row_no) < (?, ?)", after.number(), row);
    };
  }

  private static String orderBy(FileOrder order) {
    return switch (order) {
      case ROW -> "row_no";
      case ROW_DESCENDING -> "row_no DESC";
      case NAME -> "name, row_no";
      case NAME_DESCENDING -> "name DESC, row_no DESC";
      case SIZE -> "ifnull(size, -1), row_no";
      case SIZE_DESCENDING -> "ifnull(size, -1) DESC, row_no DESC";
    };
  }
}
