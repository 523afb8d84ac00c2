package dev.bulkdl.serve.user;

import dev.bulkdl.serve.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The sign-ins of browsers. The cookie holds 256 random bits, the database their hash. A session
 * ends after a week without use, and after a month in any case.
 */
public final class Sessions {

  private static final Duration IDLE = Duration.ofDays(7);
  private static final Duration LONGEST = Duration.ofDays(30);

  /** How exact the last use is; each request would be a write else. */
  private static final Duration EXACT = Duration.ofMinutes(1);

  private static final int MOST = 20;

  private final Database database;
  private final InstantSource clock;
  private final Secrets secrets = new Secrets();

  /**
   * A session that was opened.
   *
   * @param cookie the secret for the browser, known only here
   */
  public record Opened(String cookie, Principal principal, Duration age) {}

  /**
   * A session as its user sees it.
   *
   * @param current whether it is the one that asks
   */
  public record SessionInfo(
      String id,
      Instant created,
      Instant lastUsed,
      Instant expires,
      String address,
      boolean current) {}

  public Sessions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Opens a session; the oldest ones of the user end if there are too many. */
  Opened open(User user, String address) {
    String cookie = secrets.secret();
    String hash = Secrets.hash(cookie);
    long now = clock.millis();
    database.write(
        sql -> {
          sql.update("DELETE FROM sessions WHERE expires < ?", now);
          sql.update(
              "INSERT INTO sessions (hash, user, created, last_used, expires, address)"
                  + " VALUES (?, ?, ?, ?, ?, ?)",
              hash,
              user.id(),
              now,
              now,
              now + LONGEST.toMillis(),
              address);
          sql.update(
              "DELETE FROM sessions WHERE user = ? AND hash NOT IN (SELECT hash FROM sessions"
                  + " WHERE user = ? ORDER BY created DESC, rowid DESC LIMIT ?)",
              user.id(),
              user.id(),
              MOST);
          return sql.update("UPDATE users SET last_seen = ? WHERE id = ?", now, user.id());
        });
    return new Opened(cookie, principal(user, cookie, hash), LONGEST);
  }

  private static Principal principal(User user, String cookie, String hash) {
    return new Principal(user, Role.ADMIN, new Principal.Credential.Session(hash, guard(cookie)));
  }

  /** What a page must send with each change; follows from the cookie, which pages cannot read. */
  private static String guard(String cookie) {
    return Secrets.hash("guard " + cookie).substring(0, 43);
  }

  /** Returns whose cookie this is; empty if its session has ended. */
  public Optional<Principal> of(String cookie) {
    String hash = Secrets.hash(cookie);
    long now = clock.millis();
    record Found(User user, long lastUsed) {}
    Optional<Found> found =
        database.read(
            sql -> {
              record Row(String user, long lastUsed) {}
              Optional<Row> row =
                  sql.first(
                      "SELECT user, last_used FROM sessions"
                          + " WHERE hash = ? AND expires > ? AND last_used > ?",
                      each -> new Row(each.getString(1), each.getLong(2)),
                      hash,
                      now,
                      now - IDLE.toMillis());
              if (row.isEmpty()) {
                return Optional.empty();
              }
              return Users.byId(sql, row.get().user)
                  .filter(user -> !user.disabled())
                  .map(user -> new Found(user, row.get().lastUsed));
            });
    found
        .filter(each -> now - each.lastUsed > EXACT.toMillis())
        .ifPresent(each -> touch(hash, each.user.id(), now));
    return found.map(each -> principal(each.user, cookie, hash));
  }

  private void touch(String hash, String user, long now) {
    database.write(
        sql -> {
          sql.update("UPDATE users SET last_seen = ? WHERE id = ?", now, user);
          return sql.update("UPDATE sessions SET last_used = ? WHERE hash = ?", now, hash);
        });
  }

  /** Ends a session of this user. */
  public boolean end(String user, String id) {
    return database.write(
        sql -> sql.update("DELETE FROM sessions WHERE user = ? AND hash = ?", user, id) > 0);
  }

  /** Ends all sessions of this user. */
  public int endAll(String user) {
    return database.write(sql -> sql.update("DELETE FROM sessions WHERE user = ?", user));
  }

  /**
   * Returns the living sessions of a user, newest first.
   *
   * @param current the id of the one that asks, or any other text
   */
  public List<SessionInfo> list(String user, String current) {
    long now = clock.millis();
    return database.read(
        sql ->
            sql.list(
                "SELECT hash, created, last_used, expires, address FROM sessions"
                    + " WHERE user = ? AND expires > ? ORDER BY created DESC",
                row ->
                    new SessionInfo(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5),
                        row.getString(1).equals(current)),
                user,
                now));
  }

  /** Returns whether a session still lives; for streams that stay open. */
  public boolean isAlive(String id) {
    long now = clock.millis();
    return database.read(
            sql ->
                sql.number(
                    "SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user"
                        + " WHERE s.hash = ? AND s.expires > ? AND u.disabled = 0",
                    id,
                    now))
        > 0;
  }
}
