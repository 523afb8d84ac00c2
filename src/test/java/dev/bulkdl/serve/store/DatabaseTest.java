package dev.bulkdl.serve.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  private static Optional<String> value(Database database, String key) {
    return database.read(
        sql -> sql.first("SELECT value FROM settings WHERE key = ?", row -> row.getString(1), key));
  }
}
