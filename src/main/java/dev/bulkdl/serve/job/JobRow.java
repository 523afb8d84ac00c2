package dev.bulkdl.serve.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it is stored.
 *
 * @param root the folder of its owner
 */
record JobRow(
    String id,
    String owner,
    String ownerName,
    String root,
    String name,
    String note,
    JobState state,
    Optional<String> reason,
    Instant since,
    Optional<Instant> until,
    Optional<String> hint,
    int priority,
    long pos,
    Instant created,
    Optional<Instant> started,
    Optional<Instant> ended,
    String folder,
    JobLimits limits,
    JobSchedule schedule,
    long rows,
    long bytes) {

  /** The columns that {@link #of} reads, from jobs {@code j} and users {@code u}. */
  static final String COLUMNS =
      "j.id, j.owner, ifnull(u.name, '') AS owner_name, ifnull(u.root, '') AS root, j.name, j.note,"
          + " j.state, j.reason, j.since, j.until, j.hint, j.priority, j.pos, j.created, j.started,"
          + " j.ended, j.folder, j.limits, j.schedule, j.rows, j.bytes"
          + " FROM jobs j LEFT JOIN users u ON u.id = j.owner";

  /** Jobs that are being stored or deleted are shown to nobody. */
  static final String VISIBLE = "j.state NOT IN ('storing', 'deleting')";

  static JobRow of(ResultSet row) throws SQLException {
    return new JobRow(
        row.getString("id"),
        row.getString("owner"),
        row.getString("owner_name"),
        row.getString("root"),
        row.getString("name"),
        row.getString("note"),
        JobState.named(row.getString("state")).orElseThrow(),
        Optional.ofNullable(row.getString("reason")),
        Instant.ofEpochMilli(row.getLong("since")),
        time(row, "until"),
        Optional.ofNullable(row.getString("hint")),
        row.getInt("priority"),
        row.getLong("pos"),
        Instant.ofEpochMilli(row.getLong("created")),
        time(row, "started"),
        time(row, "ended"),
        row.getString("folder"),
        JobJson.limits(row.getString("limits")),
        JobJson.schedule(row.getString("schedule")),
        row.getLong("rows"),
        row.getLong("bytes"));
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
