package dev.bulkdl.serve.user;

import dev.bulkdl.serve.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tokens for scripts: 256 random bits that are shown once. The database holds their hash only. A
 * token never may do more than its user, and can be revoked alone.
 */
public final class Tokens {

  /** So that a leaked one is recognised. */
  public static final String PREFIX = "bulkdl_";

  private static final Pattern SECRET = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
  private static final Duration EXACT = Duration.ofMinutes(1);
  private static final int MOST = 100;
  private static final int LONGEST_NAME = 100;

  private final Database database;
  private final InstantSource clock;
  private final Secrets secrets = new Secrets();

  /**
   * A token as its user sees it.
   *
   * @param scope the most that it may do
   */
  public record Info(
      String id,
      String name,
      Role scope,
      Instant created,
      Optional<Instant> lastUsed,
      Optional<Instant> expires) {}

  /**
   * A token that was made.
   *
   * @param secret shown once
   */
  public record Made(Info info, String secret) {}

  public Tokens(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes a token.
   *
   * @throws IllegalArgumentException if a value is wrong
   */
  public Made make(Principal owner, String name, Role scope, Optional<Instant> expires) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a token's name has 1 to " + LONGEST_NAME + " characters");
    }
    if (expires.isPresent() && !expires.get().isAfter(now)) {
      throw new IllegalArgumentException("'expires' is a time that has passed");
    }
    if (!owner.role().includes(scope)) {
      throw new IllegalArgumentException(
          "the scope '"
              + scope.text()
              + "' is more than you have; you have '"
              + owner.role().text()
              + "'");
    }
    String secret = PREFIX + secrets.secret();
    Info info = new Info(secrets.id(), name, scope, now, Optional.empty(), expires);
    database.write(
        sql -> {
          if (sql.number("SELECT count(*) FROM tokens WHERE user = ?", owner.user().id()) >= MOST) {
            throw new Users.Conflict("there are " + MOST + " tokens; delete one that is not used");
          }
          return sql.update(
              "INSERT INTO tokens (id, hash, user, name, scopes, created, expires)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)",
              info.id,
              Secrets.hash(secret),
              owner.user().id(),
              name,
              scope.text(),
              now.toEpochMilli(),
              expires.map(Instant::toEpochMilli));
        });
    return new Made(info, secret);
  }

  /** Returns whose token this is; empty if it is none, or has ended. */
  public Optional<Principal> of(String secret) {
    if (!SECRET.matcher(secret).matches()) {
      return Optional.empty();
    }
    String hash = Secrets.hash(secret);
    long now = clock.millis();
    record Row(String id, String user, String scope, long used) {}
    record Found(Row row, User user) {}
    Optional<Found> found =
        database.read(
            sql -> {
              Optional<Row> row =
                  sql.first(
                      "SELECT id, user, scopes, coalesce(last_used, 0) FROM tokens"
                          + " WHERE hash = ? AND coalesce(expires, ?) > ?",
                      each ->
                          new Row(
                              each.getString(1),
                              each.getString(2),
                              each.getString(3),
                              each.getLong(4)),
                      hash,
                      Long.MAX_VALUE,
                      now);
              if (row.isEmpty()) {
                return Optional.empty();
              }
              return Users.byId(sql, row.get().user)
                  .filter(user -> !user.disabled())
                  .map(user -> new Found(row.get(), user));
            });
    found
        .filter(each -> now - each.row.used > EXACT.toMillis())
        .ifPresent(each -> touch(each.row.id, now));
    return found.map(
        each ->
            new Principal(
                each.user, widest(each.row.scope), new Principal.Credential.Token(each.row.id)));
  }

  private void touch(String id, long now) {
    database.write(sql -> sql.update("UPDATE tokens SET last_used = ? WHERE id = ?", now, id));
  }

  /** Returns the most that a text such as {@code read write} grants. */
  private static Role widest(String scopes) {
    return Stream.of(scopes.split(" "))
        .flatMap(name -> Role.of(name).stream())
        .max(Comparator.naturalOrder())
        .orElse(Role.READ);
  }

  public List<Info> list(String user) {
    return database.read(
        sql ->
            sql.list(
                "SELECT id, name, scopes, created, last_used, expires FROM tokens"
                    + " WHERE user = ? ORDER BY created DESC, id",
                Tokens::info,
                user));
  }

  private static Info info(ResultSet row) throws SQLException {
    return new Info(
        row.getString(1),
        row.getString(2),
        widest(row.getString(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        time(row, 5),
        time(row, 6));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** Revokes a token of this user. */
  public boolean delete(String user, String id) {
    return database.write(
        sql -> sql.update("DELETE FROM tokens WHERE user = ? AND id = ?", user, id) > 0);
  }

  /** Returns whether a token still grants something; for streams that stay open. */
  public boolean isAlive(String id) {
    long now = clock.millis();
    return database.read(
            sql ->
                sql.number(
                    "SELECT count(*) FROM tokens t JOIN users u ON u.id = t.user"
                        + " WHERE t.id = ? AND coalesce(t.expires, ?) > ? AND u.disabled = 0",
                    id,
                    Long.MAX_VALUE,
                    now))
        > 0;
  }
}
