package dev.bulkdl.serve.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one connection. Arguments are numbers, texts, or Optionals of these; an empty
 * Optional is NULL. Statements are kept prepared, so their texts are to be few. Only the thread of
 * the transaction uses it.
 */
public final class Sql implements AutoCloseable {

  private static final int KEPT = 200;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(16, 0.75f, true);

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Returns all rows of a query. */
  public <T> List<T> list(String query, RowMapper<T> mapper, Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(query, arguments).executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(mapper.map(rows));
      }
      return all;
    }
  }

  /** Looks at rows. */
  @FunctionalInterface
  public interface RowReader {

    /** Returns false when it needs no more. */
    boolean read(ResultSet row) throws SQLException;
  }

  /** Reads the rows of a query one after another, for more than a list should hold. */
  public void each(String query, RowReader reader, Object... arguments) throws SQLException {
    try (ResultSet rows = bound(query, arguments).executeQuery()) {
      while (rows.next() && reader.read(rows)) {
        // the reader has it
      }
    }
  }

  /** Returns the first row of a query, if there is one. */
  public <T> Optional<T> first(String query, RowMapper<T> mapper, Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(query, arguments).executeQuery()) {
      return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
    }
  }

  /** Returns the number in the first row of a query; 0 if there is no row, or NULL. */
  public long number(String query, Object... arguments) throws SQLException {
    return first(query, row -> row.getLong(1), arguments).orElse(0L);
  }

  /** Inserts, updates or deletes, and returns the number of rows that were changed. */
  public int update(String statement, Object... arguments) throws SQLException {
    return bound(statement, arguments).executeUpdate();
  }

  /** Returns a statement with these arguments, which lives as long as the connection. */
  private PreparedStatement bound(String text, Object... arguments) throws SQLException {
    PreparedStatement statement = prepared(text);
    for (int i = 0; i < arguments.length; i++) {
      Object value = arguments[i];
      statement.setObject(i + 1, value instanceof Optional<?> some ? orNull(some) : value);
    }
    return statement;
  }

  private static @Nullable Object orNull(Optional<?> value) {
    return value.isPresent() ? value.get() : null;
  }

  private PreparedStatement prepared(String text) throws SQLException {
    PreparedStatement known = prepared.get(text);
    if (known != null) {
      return known;
    }
    if (prepared.size() >= KEPT) {
      Map.Entry<String, PreparedStatement> oldest = prepared.entrySet().iterator().next();
      oldest.getValue().close();
      prepared.remove(oldest.getKey());
    }
    PreparedStatement made = connection.prepareStatement(text);
    prepared.put(text, made);
    return made;
  }

  /** Does what a transaction, a pragma or a migration needs. */
  void execute(String statement) throws SQLException {
    try (var plain = connection.createStatement()) {
      plain.executeUpdate(statement);
    }
  }

  /** Returns the text in the first row of a pragma. */
  String pragma(String text) throws SQLException {
    try (var plain = connection.createStatement();
        ResultSet rows = plain.executeQuery(text)) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)).orElse("") : "";
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
