package dev.bulkdl.serve.user;

import dev.bulkdl.serve.user.Users.NewUser;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Opens sessions: by name and password, or once by the setup code. */
public final class SignIn {

  private static final int TRIES_OF_ADDRESS = 30;

  private final Users users;
  private final Sessions sessions;
  private final SetupCode setup;
  private final Throttle accounts;
  private final Throttle addresses;

  /** How a sign-in ends. */
  public sealed interface Result {

    record Done(Sessions.Opened session) implements Result {}

    /** The password is right. No session was opened. */
    record Confirmed() implements Result {}

    /** A wrong name or password, which is not said; or a wrong code. */
    record Wrong() implements Result {}

    /** Too many wrong tries. */
    record Wait(int seconds) implements Result {}
  }

  public SignIn(Users users, Sessions sessions, SetupCode setup, InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.setup = setup;
    this.accounts = new Throttle(clock);
    this.addresses = new Throttle(clock, TRIES_OF_ADDRESS);
  }

  /**
   * Signs a user in.
   *
   * @throws Passwords.Busy when too many try at this moment
   */
  public Result signIn(String name, String password, String address) {
    String account = name + " " + address;
    int wait = Math.max(accounts.take(account), addresses.take(address));
    if (wait > 0) {
      return new Result.Wait(wait);
    }
    if (!users.hasPassword(name, password)) {
      return new Result.Wrong();
    }
    accounts.clear(account);
    addresses.clear(address);
    Optional<User> user = users.named(name);
    return user.isEmpty()
        ? new Result.Wrong()
        : new Result.Done(sessions.open(user.get(), address));
  }

  /**
   * Makes the first user, an administrator, and signs it in.
   *
   * @throws Users.Conflict if there is a user already
   * @throws IllegalArgumentException if the name or the password cannot be used
   */
  public Result setUp(String code, String name, String password, String address)
      throws IOException {
    int wait = addresses.take("setup");
    if (wait > 0) {
      return new Result.Wait(wait);
    }
    if (!users.isEmpty()) {
      throw new Users.Conflict("there is a user already; sign in");
    }
    if (!setup.matches(code)) {
      return new Result.Wrong();
    }
    User user =
        users.addFirst(new NewUser(name, Role.ADMIN, password, Optional.empty(), Quota.NONE));
    setup.end();
    return new Result.Done(sessions.open(user, address));
  }

  /** Returns whether this is the user's password; for changes that need it again. */
  public Result confirm(User user, String password, String address) {
    int wait = accounts.take(user.name() + " " + address);
    if (wait > 0) {
      return new Result.Wait(wait);
    }
    return users.hasPassword(user.name(), password) ? new Result.Confirmed() : new Result.Wrong();
  }
}
