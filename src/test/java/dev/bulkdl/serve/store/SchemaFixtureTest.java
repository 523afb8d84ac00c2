package dev.bulkdl.serve.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database of each released schema is kept for ever, and each must open. Run it once with {@code
 * -Dschema.write=true} to make the file of a new schema; never change one that was released.
 */
class SchemaFixtureTest {

  private static final Path FIXTURES = Path.of("src/test/resources/dev/bulkdl/serve/store");
  private static final List<String> TABLES =
      List.of(
          "users",
          "usage",
          "sessions",
          "tokens",
          "settings",
          "idempotency",
          "audit",
          "jobs",
          "files",
          "job_counts");

  @TempDir Path folder;

  @Test
  void aDatabaseOfSchema1Opens() throws IOException {
    write(folder.resolve("new"));
    copyTo(folder.resolve("bulkdl.db"));
    try (Database database = Database.open(folder)) {
      assertThat(database.notices()).isEmpty();
      for (String table : TABLES) {
        long rows = database.read(sql -> sql.number("SELECT count(*) FROM " + table));
        assertThat(rows).as(table).isPositive();
      }
      String name =
          database
              .read(sql -> sql.first("SELECT name FROM files", row -> row.getString(1)))
              .orElseThrow();
      assertThat(name).isEqualTo("a/ü.bin");
      assertThat(schema(database)).isEqualTo(schemaOfToday());
    }
  }

  private static void write(Path target) throws IOException {
    if (!Boolean.getBoolean("schema.write")) {
      return;
    }
    try (Database database = Database.open(target)) {
      database.write(
          sql -> {
            sql.update(
                "INSERT INTO users (id, name, role, root, password, created)"
                    + " VALUES ('u1', 'anna', 'admin', '/srv/anna', '$argon2id$', 1)");
            sql.update("INSERT INTO usage VALUES ('u1', 10, 1)");
            sql.update("INSERT INTO sessions VALUES ('h', 'u1', 1, 2, 3, '127.0.0.1')");
            sql.update(
                "INSERT INTO tokens VALUES ('t1', 'h', 'u1', 'ci', '[\"read\"]', 1, NULL, NULL)");
            sql.update("INSERT INTO settings VALUES ('limits', '{}')");
            sql.update("INSERT INTO idempotency VALUES ('k', 'u1', 'POST /jobs', '{}', 1)");
            sql.update(
                "INSERT INTO audit (at, who, what, target, address)"
                    + " VALUES (1, 'anna', 'job.add', 'j1', '127.0.0.1')");
            sql.update(
                "INSERT INTO jobs (id, owner, name, state, since, pos, created, folder, rows)"
                    + " VALUES ('j1', 'u1', 'data', 'queued', 1, 1, 1, 'data', 1)");
            sql.update(
                "INSERT INTO files (job, row_no, state, pos, name, host, offset)"
                    + " VALUES ('j1', 1, 'pending', 1, 'a/ü.bin', 'example.org', 30)");
            return sql.update("INSERT INTO job_counts VALUES ('j1', 'pending', 1, 0)");
          });
    }
    Files.createDirectories(FIXTURES);
    Files.copy(
        target.resolve("bulkdl.db"),
        FIXTURES.resolve("schema-1.db"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void copyTo(Path target) throws IOException {
    Path written = FIXTURES.resolve("schema-1.db");
    if (Boolean.getBoolean("schema.write")) {
      Files.copy(written, target);
      return;
    }
    try (InputStream in =
        Objects.requireNonNull(SchemaFixtureTest.class.getResourceAsStream("schema-1.db"))) {
      Files.copy(in, target);
    }
  }

  private List<String> schemaOfToday() throws IOException {
    try (Database database = Database.open(folder.resolve("today"))) {
      return schema(database);
    }
  }

  /** A change of 1.sql after its file was made would leave old databases behind. */
  private static List<String> schema(Database database) {
    return database.read(
        sql ->
            sql.list(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name",
                row -> row.getString(1)));
  }
}
