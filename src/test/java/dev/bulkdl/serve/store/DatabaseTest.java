package dev.bulkdl.serve.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAfterTheNextStart() throws IOException {
    try (Database database = Database.open(folder)) {
      database.write(sql -> sql.update("INSERT INTO settings VALUES (?, ?)", "a", "1"));
    }
    try (Database database = Database.open(folder)) {
      assertThat(value(database, "a")).contains("1");
      assertThat(database.notices()).isEmpty();
    }
  }

  @Test
  void anExceptionTakesTheWholeTransactionBack() throws IOException {
    try (Database database = Database.open(folder)) {
      assertThatThrownBy(
              () ->
                  database.write(
                      sql -> {
                        sql.update("INSERT INTO settings VALUES (?, ?)", "a", "1");
                        return sql.update("INSERT INTO settings VALUES (?, ?)", "a", "2");
                      }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("UNIQUE");
      assertThatThrownBy(
              () ->
                  database.write(
                      sql -> {
                        sql.update("INSERT INTO settings VALUES (?, ?)", "b", "1");
                        throw new IllegalArgumentException("no");
                      }))
          .isInstanceOf(IllegalArgumentException.class);
      database.write(sql -> sql.update("INSERT INTO settings VALUES (?, ?)", "c", "3"));
      List<String> keys =
          database.read(sql -> sql.list("SELECT key FROM settings", row -> row.getString(1)));
      assertThat(keys).containsExactly("c");
    }
  }

  @Test
  void aReaderChangesNothing() throws IOException {
    try (Database database = Database.open(folder)) {
      assertThatThrownBy(() -> database.read(sql -> sql.update("DELETE FROM settings")))
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void anEmptyOptionalIsNull() throws IOException {
    try (Database database = Database.open(folder)) {
      Optional<Long> empty = Optional.empty();
      long isNull = database.read(sql -> sql.number("SELECT ? IS NULL", empty));
      long seven = database.read(sql -> sql.number("SELECT ?", Optional.of(7)));
      assertThat(isNull).isEqualTo(1);
      assertThat(seven).isEqualTo(7);
    }
  }

  @Test
  void itSaysThatItIsClosed() throws IOException {
    Database database = Database.open(folder);
    database.close();
    assertThatThrownBy(() -> database.read(sql -> 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void aDamagedDatabaseIsSetAsideByName() throws IOException {
    try (Database database = Database.open(folder)) {
      database.write(sql -> sql.update("INSERT INTO settings VALUES ('a', '1')"));
    }
    byte[] damaged = "this is no database, but it was somebody's work".getBytes(UTF_8);
    Files.write(folder.resolve("bulkdl.db"), damaged);

    try (Database database = Database.open(folder)) {
      assertThat(value(database, "a")).isEmpty();
      assertThat(database.notices()).hasSize(2);
      Path aside = aside();
      assertThat(database.notices().getFirst())
          .contains("is damaged", aside.getFileName().toString());
      assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
    }
    try (Database database = Database.open(folder)) {
      assertThat(database.notices()).isEmpty();
    }
  }

  private Path aside() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith("bulkdl.db.damaged-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void aBackupTakesTheDamagedOnesPlaceAndItsJobsArePaused() throws IOException {
    try (Database database = Database.open(folder)) {
      job(database, "j", "running");
      job(database, "d", "done");
      database.backup(LocalDate.of(2026, 11, 30));
    }
    overwriteTheMiddle();

    try (Database database = Database.open(folder)) {
      assertThat(database.notices()).anyMatch(line -> line.contains("bulkdl-2026-11-30.db"));
      List<String> states =
          database.read(
              sql -> sql.list("SELECT state FROM jobs ORDER BY id", row -> row.getString(1)));
      assertThat(states).containsExactly("done", "paused");
    }
  }

  /** Leaves the first bytes, by which a database is known, and a log as after a kill. */
  private void overwriteTheMiddle() throws IOException {
    Path file = folder.resolve("bulkdl.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x55);
    Files.write(file, bytes);
  }

  private static void job(Database database, String id, String state) {
    database.write(
        sql ->
            sql.update(
                "INSERT INTO jobs (id, owner, name, state, since, pos, created, folder)"
                    + " VALUES (?, 'u', 'n', ?, 0, 1, 0, '')",
                id,
                state));
  }

  @Test
  void onlyTheNewestBackupsAreKept() throws IOException {
    try (Database database = Database.open(folder)) {
      for (int day = 1; day <= 9; day++) {
        Path made = database.backup(LocalDate.of(2026, 11, day));
        Files.setLastModifiedTime(made, FileTime.fromMillis(day * 1000L));
      }
      database.backup(LocalDate.of(2026, 11, 10));
    }
    try (Stream<Path> all = Files.list(folder.resolve("backups"))) {
      assertThat(all.map(file -> file.getFileName().toString()).sorted())
          .hasSize(7)
          .first()
          .isEqualTo("bulkdl-2026-11-04.db");
    }
  }

  @Test
  void aNewerSchemaIsLeftAlone() throws Exception {
    Database.open(folder).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bulkdl.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> Database.open(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has schema 99");
  }

  private static Optional<String> value(Database database, String key) {
    return database.read(
        sql -> sql.first("SELECT value FROM settings WHERE key = ?", row -> row.getString(1), key));
  }
}
