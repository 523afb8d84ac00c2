package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Sql;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.user.Users;
import java.sql.SQLException;
import java.util.Optional;

/** Counts what users have, and holds it against what they may have. */
final class Quotas {

  private Quotas() {}

  /**
   * Returns the owner of a job that is to be changed.
   *
   * @throws InvalidJobException when the account was removed
   */
  static User owner(Sql sql, String id) throws SQLException {
    return Users.byId(sql, id)
        .orElseThrow(() -> new InvalidJobException("owner", "there is no such user any more"));
  }

  /** Returns what a user has on disk and in the queue. */
  static Usage used(Sql sql, String user) throws SQLException {
    long keptBytes = sql.number("SELECT kept_bytes FROM usage WHERE user = ?", user);
    long keptFiles = sql.number("SELECT kept_files FROM usage WHERE user = ?", user);
    return sql.first(
            "SELECT ifnull(sum(done), 0), ifnull(sum(CASE WHEN ended IS NULL"
                + " THEN max(bytes, done) ELSE done END), 0), ifnull(sum(rows), 0) FROM"
                + " (SELECT j.ended, j.bytes, j.rows, ifnull((SELECT sum(c.bytes) FROM job_counts c"
                + " WHERE c.job = j.id), 0) AS done FROM jobs j"
                + " WHERE j.owner = ? AND j.state <> 'deleting')",
            row ->
                new Usage(
                    keptBytes + row.getLong(1),
                    keptBytes + row.getLong(2),
                    keptFiles + row.getLong(3)),
            user)
        .orElse(new Usage(0, 0, 0));
  }

  /**
   * Checks that a new job fits.
   *
   * @throws InvalidJobException when it does not
   */
  static void checkRoom(Quota quota, Usage used, long rows, long bytes) {
    if (isAbove(used.files(), rows, quota.files())) {
      throw new InvalidJobException(
          "quota",
          "%d files are %d more than your quota leaves; delete jobs, or ask an administrator"
              .formatted(rows, used.files() + rows - quota.files().orElseThrow()));
    }
    if (isAbove(used.expected(), bytes, quota.bytes())) {
      throw new InvalidJobException(
          "quota",
          "%d bytes are %d more than your quota leaves; delete jobs, or ask an administrator"
              .formatted(bytes, used.expected() + bytes - quota.bytes().orElseThrow()));
    }
  }

  private static boolean isAbove(long used, long more, Optional<Long> bound) {
    return bound.isPresent() && (more > bound.get() || used > bound.get() - more);
  }

  /** Counts what stays on disk of a job that is deleted. */
  static void keep(Sql sql, String user, long bytes, long files) throws SQLException {
    if (Users.byId(sql, user).isPresent()) {
      sql.update(
          "INSERT INTO usage (user, kept_bytes, kept_files) VALUES (?, ?, ?)"
              + " ON CONFLICT (user) DO UPDATE SET kept_bytes = kept_bytes + excluded.kept_bytes,"
              + " kept_files = kept_files + excluded.kept_files",
          user,
          bytes,
          files);
    }
  }
}
