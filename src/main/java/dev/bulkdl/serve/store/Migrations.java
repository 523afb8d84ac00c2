package dev.bulkdl.serve.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * Brings a database to the newest schema. Version n is made by the resource {@code n.sql} from
 * version n - 1, and {@code PRAGMA user_version} says which one a file has.
 */
final class Migrations {

  /** The schema of this version of the program. */
  static final int NEWEST = 1;

  private Migrations() {}

  static int version(Sql sql) throws SQLException {
    return Integer.parseInt(sql.pragma("PRAGMA user_version"));
  }

  /** Makes the schema of {@code version} from the one before, inside the caller's transaction. */
  static void apply(Sql sql, int version) throws SQLException {
    for (String statement : statements(version)) {
      sql.execute(statement);
    }
    sql.execute("PRAGMA user_version = " + version);
  }

  /** Returns the statements of a resource: a semicolon at the end of a line ends one. */
  private static List<String> statements(int version) {
    String name = version + ".sql";
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String code = text.replaceAll("(?m)--.*$", "");
      return Arrays.stream(code.split(";\\s*(?:\\n|$)"))
          .map(String::strip)
          .filter(statement -> !statement.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
