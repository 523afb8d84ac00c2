package dev.bulkdl.serve.user;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.store.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The accounts. A change is on disk when its method returns. Thread-safe. */
public final class Users {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
  private static final String COLUMNS = "id, name, role, root, quota, disabled, created, last_seen";

  private final Database database;
  private final UserRoots roots;
  private final Passwords passwords;
  private final Secrets secrets;
  private final InstantSource clock;

  /**
   * An account that is to be made.
   *
   * @param folder below the root of all; empty for the user's name
   */
  public record NewUser(
      String name, Role role, String password, Optional<String> folder, Quota quota) {}

  /** What is to change; what is empty stays. */
  public record Change(Optional<Role> role, Optional<Quota> quota, Optional<Boolean> disabled) {}

  /** A change that would break a rule; the message says which and the way out. */
  public static final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    Conflict(String message) {
      super(message);
    }
  }

  public Users(Database database, UserRoots roots, Passwords passwords) {
    this(database, roots, passwords, InstantSource.system());
  }

  Users(Database database, UserRoots roots, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.roots = roots;
    this.passwords = passwords;
    this.secrets = new Secrets();
    this.clock = clock;
  }

  public boolean isEmpty() {
    return database.read(sql -> sql.number("SELECT count(*) FROM users")) == 0;
  }

  public List<User> list() {
    return database.read(
        sql -> sql.list("SELECT " + COLUMNS + " FROM users ORDER BY name", Users::user));
  }

  public Optional<User> find(String id) {
    return database.read(sql -> byId(sql, id));
  }

  public Optional<User> named(String name) {
    return database.read(
        sql -> sql.first("SELECT " + COLUMNS + " FROM users WHERE name = ?", Users::user, name));
  }

  /**
   * Adds a user and makes the folder.
   *
   * @throws IllegalArgumentException if a value is wrong
   * @throws Conflict if the name is taken
   */
  public User add(NewUser wanted) {
    return add(wanted, false);
  }

  /** Adds the first user; two callers at the same time do not both succeed. */
  User addFirst(NewUser wanted) {
    return add(wanted, true);
  }

  private User add(NewUser wanted, boolean onlyFirst) {
    if (!NAME.matcher(wanted.name()).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 32 of the characters a-z, 0-9, '.', '_' and '-', and begins with a"
              + " letter or digit");
    }
    Passwords.check(wanted.password());
    String hash = passwords.hash(wanted.password());
    User user =
        database.write(
            sql -> {
              if (onlyFirst && sql.number("SELECT count(*) FROM users") > 0) {
                throw new Conflict("there is a user already; sign in");
              }
              if (sql.number("SELECT count(*) FROM users WHERE name = ?", wanted.name()) > 0) {
                throw new Conflict("there is a user '" + wanted.name() + "' already");
              }
              List<String> taken = sql.list("SELECT root FROM users", row -> row.getString(1));
              User made =
                  new User(
                      secrets.id(),
                      wanted.name(),
                      wanted.role(),
                      roots.resolve(wanted.folder().orElse(wanted.name()), taken),
                      wanted.quota(),
                      false,
                      Instant.ofEpochMilli(clock.millis()),
                      Optional.empty());
              sql.update(
                  "INSERT INTO users (id, name, role, root, password, created, quota)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                  made.id(),
                  made.name(),
                  made.role().text(),
                  made.root(),
                  hash,
                  made.created().toEpochMilli(),
                  QuotaText.write(made.quota()));
              return made;
            });
    makeFolder(user);
    return user;
  }

  private static void makeFolder(User user) {
    try {
      Files.createDirectories(Path.of(user.root()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes an account as {@link #change(String, Change, Consumer)} does, whatever it was. */
  public Optional<User> change(String id, Change change) {
    return change(id, change, any -> {});
  }

  /**
   * Changes an account. A lesser role and a disabled account end all its sign-ins.
   *
   * @param check sees the account before, in the same transaction, and throws to refuse the change
   * @throws Conflict if no administrator would be left
   */
  public Optional<User> change(String id, Change change, Consumer<User> check) {
    return database.write(
        sql -> {
          Optional<User> found = byId(sql, id);
          if (found.isEmpty()) {
            return found;
          }
          User old = found.get();
          check.accept(old);
          Role role = change.role().orElse(old.role());
          boolean disabled = change.disabled().orElse(old.disabled());
          if (isLastAdmin(sql, old) && (role != Role.ADMIN || disabled)) {
            throw lastAdmin();
          }
          sql.update(
              "UPDATE users SET role = ?, disabled = ?, quota = ? WHERE id = ?",
              role.text(),
              disabled ? 1 : 0,
              QuotaText.write(change.quota().orElse(old.quota())),
              id);
          if (role != old.role() || disabled) {
            sql.update("DELETE FROM sessions WHERE user = ?", id);
          }
          return byId(sql, id);
        });
  }

  /**
   * Removes an account that has no jobs.
   *
   * @throws Conflict if it has jobs or is the last administrator
   */
  public boolean delete(String id) {
    return database.write(
        sql -> {
          Optional<User> found = byId(sql, id);
          if (found.isEmpty()) {
            return false;
          }
          if (isLastAdmin(sql, found.get())) {
            throw lastAdmin();
          }
          if (sql.number("SELECT count(*) FROM jobs WHERE owner = ?", id) > 0) {
            throw new Conflict(
                "the user has jobs; delete them first, or disable the account instead");
          }
          return sql.update("DELETE FROM users WHERE id = ?", id) > 0;
        });
  }

  /**
   * Sets a password. All sign-ins of the user end, except one.
   *
   * @param kept the id of the session that stays; empty for none
   */
  public boolean setPassword(String id, String password, Optional<String> kept) {
    Passwords.check(password);
    String hash = passwords.hash(password);
    return database.write(
        sql -> {
          sql.update("DELETE FROM sessions WHERE user = ? AND hash <> ?", id, kept.orElse(""));
          return sql.update("UPDATE users SET password = ? WHERE id = ?", hash, id) > 0;
        });
  }

  /** Returns whether this is the password of a user that is not disabled. */
  boolean hasPassword(String name, String password) {
    Optional<String> hash =
        database.read(
            sql ->
                sql.first(
                    "SELECT password FROM users WHERE name = ? AND disabled = 0",
                    row -> row.getString(1),
                    name));
    if (hash.isEmpty()) {
      passwords.matchNobody(password);
      return false;
    }
    return passwords.matches(password, hash.get());
  }

  private static boolean isLastAdmin(Sql sql, User user) throws SQLException {
    return user.role() == Role.ADMIN
        && !user.disabled()
        && sql.number("SELECT count(*) FROM users WHERE role = 'admin' AND disabled = 0") == 1;
  }

  private static Conflict lastAdmin() {
    return new Conflict("this is the last administrator; give another user the role admin first");
  }

  /** Reads one account inside the caller's transaction. */
  public static Optional<User> byId(Sql sql, String id) throws SQLException {
    return sql.first("SELECT " + COLUMNS + " FROM users WHERE id = ?", Users::user, id);
  }

  private static User user(ResultSet row) throws SQLException {
    long seen = row.getLong(8);
    boolean wasSeen = !row.wasNull();
    return new User(
        row.getString(1),
        row.getString(2),
        Role.of(row.getString(3)).orElse(Role.READ),
        row.getString(4),
        QuotaText.read(row.getString(5)),
        row.getInt(6) != 0,
        Instant.ofEpochMilli(row.getLong(7)),
        wasSeen ? Optional.of(Instant.ofEpochMilli(seen)) : Optional.empty());
  }
}
