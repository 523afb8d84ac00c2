package dev.bulkdl.serve;

import dev.bulkdl.serve.store.Database;
import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.user.SetupCode;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.user.UserRoots;
import dev.bulkdl.serve.user.Users;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes accounts on the state folder itself; a running daemon sees it at the next request. */
public final class UserAdmin implements AutoCloseable {

  private static final String BY = "command line";

  private final Database database;
  private final Accounts accounts;
  private final SetupCode setup;

  /** What was asked for is not possible; the message says why. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private UserAdmin(Database database, Accounts accounts, SetupCode setup) {
    this.database = database;
    this.accounts = accounts;
    this.setup = setup;
  }

  public static UserAdmin open(DaemonSettings.Folders folders) throws IOException, Refused {
    UserRoots roots = made(() -> roots(folders));
    SetupCode setup = new SetupCode(folders.state());
    Database database = Database.open(folders.state());
    return new UserAdmin(database, Accounts.of(database, roots, setup), setup);
  }

  private static UserRoots roots(DaemonSettings.Folders folders) {
    try {
      return new UserRoots(folders.root(), folders.state());
    } catch (IOException e) {
      throw new IllegalArgumentException("--root or --state cannot be used: " + e.getMessage(), e);
    }
  }

  private static <T> T made(Supplier<T> work) throws Refused {
    try {
      return work.get();
    } catch (IllegalArgumentException | Users.Conflict e) {
      throw new Refused(String.valueOf(e.getMessage()));
    }
  }

  /** Returns a line for each user. */
  public List<String> list() {
    return accounts.users().list().stream()
        .map(
            user ->
                "%-20s %-6s %-9s %s"
                    .formatted(
                        user.name(),
                        user.role().text(),
                        user.disabled() ? "disabled" : "enabled",
                        user.root()))
        .toList();
  }

  /** Adds a user and returns what was done. */
  public String add(String name, String role, String password, Optional<String> folder)
      throws Refused, IOException {
    Role wanted =
        Role.of(role)
            .orElseThrow(() -> new Refused("'" + role + "' is none of admin, write and read"));
    User user =
        made(
            () ->
                accounts
                    .users()
                    .add(new Users.NewUser(name, wanted, password, folder, Quota.NONE)));
    setup.end();
    accounts.audit().note(BY, "added a user", name + " " + role, "");
    return "user '" + user.name() + "' can sign in; the files go to " + user.root();
  }

  public String password(String name, String password) throws Refused {
    User user = named(name);
    made(() -> accounts.users().setPassword(user.id(), password, Optional.empty()));
    accounts.audit().note(BY, "set a password", name, "");
    return "the password of '" + name + "' is set; all sign-ins of the user have ended";
  }

  public String disable(String name, boolean disabled) throws Refused {
    User user = named(name);
    made(
        () ->
            accounts
                .users()
                .change(
                    user.id(),
                    new Users.Change(Optional.empty(), Optional.empty(), Optional.of(disabled))));
    accounts.audit().note(BY, disabled ? "disabled a user" : "enabled a user", name, "");
    return "user '" + name + (disabled ? "' cannot sign in any more" : "' can sign in again");
  }

  private User named(String name) throws Refused {
    return accounts
        .users()
        .named(name)
        .orElseThrow(() -> new Refused("there is no user '" + name + "'; see bulkdl user list"));
  }

  @Override
  public void close() {
    database.close();
  }
}
