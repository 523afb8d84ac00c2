package dev.bulkdl.serve.user;

import dev.bulkdl.serve.store.Database;
import java.time.InstantSource;

/** Everything about accounts, over one database. */
public record Accounts(
    Users users, Sessions sessions, Tokens tokens, SignIn signIn, AuditLog audit) {

  public static Accounts of(Database database, UserRoots roots, SetupCode setup) {
    return of(database, roots, setup, Passwords.Cost.USUAL);
  }

  public static Accounts of(
      Database database, UserRoots roots, SetupCode setup, Passwords.Cost cost) {
    InstantSource clock = InstantSource.system();
    Users users = new Users(database, roots, new Passwords(new Secrets(), cost), clock);
    Sessions sessions = new Sessions(database, clock);
    return new Accounts(
        users,
        sessions,
        new Tokens(database, clock),
        new SignIn(users, sessions, setup, clock),
        new AuditLog(database, clock));
  }
}
