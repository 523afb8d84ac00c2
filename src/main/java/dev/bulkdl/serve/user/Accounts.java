package dev.bulkdl.serve.user;

import dev.bulkdl.serve.store.Database;
import java.time.InstantSource;

/** Everything about accounts, over one database. */
public record Accounts(
    Users users, Sessions sessions, Tokens tokens, SignIn signIn, AuditLog audit) {

  public static Accounts of(Database database, UserRoots roots, SetupCode setup) {
    return of(database, roots, setup, InstantSource.system());
  }

  static Accounts of(
      Database database, UserRoots roots, SetupCode setup, InstantSource clock) {
    Users users = new Users(database, roots, new Passwords(new Secrets()), clock);
    Sessions sessions = new Sessions(database, clock);
    return new Accounts(
        users,
        sessions,
        new Tokens(database, clock),
        new SignIn(users, sessions, setup, clock),
        new AuditLog(database, clock));
  }
}
