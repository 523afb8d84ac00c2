package dev.bulkdl.serve.job;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.sql.SQLException;
import java.util.Optional;

/** What jobs need to know of their users. */
final class Users {

  private Users() {}

  /**
   * A user.
   *
   * @param root the folder of the user
   */
  record User(String id, String root, Quota quota, boolean disabled) {}

  static Optional<User> get(Sql sql, String id) throws SQLException {
    return sql.first(
        "SELECT id, root, quota, disabled FROM users WHERE id = ?",
        row ->
            new User(
                row.getString(1),
                row.getString(2),
                JobJson.quota(row.getString(3)),
                row.getInt(4) != 0),
        id);
  }

  static User find(Sql sql, String id) throws SQLException {
    return get(sql, id)
        .orElseThrow(() -> new InvalidJobException("owner", "there is no such user any more"));
  }

  static User find(Database database, String id) {
    return database.read(sql -> find(sql, id));
  }
}
