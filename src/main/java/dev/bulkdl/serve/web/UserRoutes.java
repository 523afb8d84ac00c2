package dev.bulkdl.serve.web;

import dev.bulkdl.model.RateTable;
import dev.bulkdl.serve.job.Jobs;
import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.AuditLog;
import dev.bulkdl.serve.user.Quota;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.user.SignIn;
import dev.bulkdl.serve.user.Tokens;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.user.Users;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Users, tokens and the audit log. */
final class UserRoutes {

  private final Accounts accounts;
  private final Streams streams;
  private final Jobs jobs;

  UserRoutes(Accounts accounts, Streams streams, Jobs jobs) {
    this.accounts = accounts;
    this.streams = streams;
    this.jobs = jobs;
  }

  List<Route> all() {
    return List.of(
        Route.get("/users", Access.OVERSEE, "All users", this::list)
            .answers(Answer.OK, AccountJson.Users.class),
        Route.post("/users", Access.ADMIN, "Adds a user", this::add)
            .takes(AccountJson.UserRequest.class)
            .answers(Answer.CREATED, AccountJson.UserAnswer.class),
        Route.get("/users/me", Access.ACCOUNT, "The own account", this::me)
            .answersTagged(AccountJson.UserAnswer.class),
        Route.patch("/users/{id}", Access.ADMIN, "Changes role, quota or state", this::change)
            .takes(AccountJson.UserPatch.class)
            .answersTagged(AccountJson.UserAnswer.class),
        Route.delete("/users/{id}", Access.ADMIN, "Removes a user without jobs", this::delete),
        Route.post("/users/{id}/password", Access.ACCOUNT, "Sets a password", this::password)
            .takes(AccountJson.PasswordRequest.class)
            .answers(Answer.NO_CONTENT, Void.class),
        Route.get("/tokens", Access.ACCOUNT, "The own tokens", this::tokens)
            .answers(Answer.OK, AccountJson.TokensAnswer.class),
        Route.post("/tokens", Access.ACCOUNT, "Makes a token, shown once", this::token)
            .takes(AccountJson.TokenRequest.class)
            .answers(Answer.CREATED, AccountJson.NewTokenAnswer.class),
        Route.delete("/tokens/{id}", Access.ACCOUNT, "Revokes a token", this::revoke),
        Route.get("/audit", Access.OVERSEE, "Who did what, newest first", this::audit)
            .pages(AuditLog.Entry.class)
            .query("cursor", "limit"));
  }

  private AccountJson.UserAnswer answer(User user) {
    var used = jobs.used(user.id());
    return AccountJson.UserAnswer.of(user, new AccountJson.Used(used.bytes(), used.files()));
  }

  private Answer tagged(User user) {
    return Version.tagged(Answer.ok(answer(user)), Version.of(user));
  }

  private Answer list(Call call) {
    return Answer.ok(
        new AccountJson.Users(accounts.users().list().stream().map(this::answer).toList()));
  }

  private Answer me(Call call) {
    return tagged(call.user());
  }

  private Answer add(Call call) {
    AccountJson.UserRequest asked = call.body(AccountJson.UserRequest.class);
    Quota quota = checked(asked.quota().orElse(Quota.NONE));
    try {
      User user =
          accounts
              .users()
              .add(
                  new Users.NewUser(
                      asked.name(),
                      role(asked.role().orElse("write")),
                      asked.password(),
                      asked.root().filter(folder -> !folder.isEmpty()),
                      quota));
      note(call, "added a user", user.name() + " " + user.role().text());
      return Answer.created("users/" + user.id(), answer(user));
    } catch (IllegalArgumentException e) {
      throw AccountRoutes.wrongAccount(e);
    }
  }

  private static Role role(String name) {
    return Role.of(name)
        .orElseThrow(() -> Problem.field("role", "write one of admin, write and read"));
  }

  private static Quota checked(Quota quota) {
    check("quota.bytes", quota.bytes().map(Long::longValue));
    check("quota.files", quota.files().map(Long::longValue));
    check("quota.connections", quota.connections().map(Integer::longValue));
    quota
        .rate()
        .ifPresent(
            rate -> {
              try {
                RateTable.parse(rate, ZoneOffset.UTC);
              } catch (IllegalArgumentException e) {
                throw Problem.field("quota.rate", String.valueOf(e.getMessage()));
              }
            });
    return quota;
  }

  private static void check(String field, Optional<Long> value) {
    if (value.isPresent() && value.get() < 0) {
      throw Problem.field(field, "write a whole number, at least 0, or null for no limit");
    }
  }

  private Answer change(Call call) {
    AccountJson.UserPatch asked = call.body(AccountJson.UserPatch.class);
    Users.Change change =
        new Users.Change(
            asked.role().map(UserRoutes::role),
            asked.quota().map(UserRoutes::checked),
            asked.disabled());
    User user =
        accounts
            .users()
            .change(call.value("id"), change, now -> Version.check(call, Version.of(now)))
            .orElseThrow(Problem::notFound);
    streams.recheck();
    jobs.quotaChanged();
    note(call, "changed a user", user.name());
    return tagged(user);
  }

  private Answer delete(Call call) {
    User user = accounts.users().find(call.value("id")).orElseThrow(Problem::notFound);
    accounts.users().delete(user.id());
    streams.recheck();
    note(call, "removed a user", user.name());
    return Answer.done();
  }

  /** The own password needs the present one; an administrator may set those of others. */
  private Answer password(Call call) {
    AccountJson.PasswordRequest asked = call.body(AccountJson.PasswordRequest.class);
    String id = call.value("id").equals("me") ? call.user().id() : call.value("id");
    boolean own = id.equals(call.user().id());
    if (!own && call.principal().role() != Role.ADMIN) {
      throw Problem.notFound();
    }
    if (own) {
      confirm(call, asked.current().orElse(""));
    }
    User user = accounts.users().find(id).orElseThrow(Problem::notFound);
    try {
      Optional<String> kept =
          own ? Optional.of(AccountRoutes.currentId(call.principal())) : Optional.empty();
      accounts.users().setPassword(id, asked.password(), kept);
    } catch (IllegalArgumentException e) {
      throw AccountRoutes.wrongAccount(e);
    }
    streams.recheck();
    note(call, "set a password", user.name());
    return Answer.done();
  }

  private void confirm(Call call, String current) {
    switch (accounts.signIn().confirm(call.user(), current, call.address())) {
      case SignIn.Result.Done done -> {}
      case SignIn.Result.Confirmed confirmed -> {}
      case SignIn.Result.Wrong wrong ->
          throw Problem.field("current", "this is not your present password");
      case SignIn.Result.Wait wait -> throw AccountRoutes.tooMany(wait.seconds());
    }
  }

  private Answer tokens(Call call) {
    return Answer.ok(
        new AccountJson.TokensAnswer(
            accounts.tokens().list(call.user().id()).stream()
                .map(AccountJson.TokenAnswer::of)
                .toList()));
  }

  private Answer token(Call call) {
    AccountJson.TokenRequest asked = call.body(AccountJson.TokenRequest.class);
    Role scope =
        asked.scopes().orElse(List.of("read")).stream()
            .map(
                name ->
                    Role.of(name)
                        .orElseThrow(
                            () -> Problem.field("scopes", "write some of read, write and admin")))
            .max(Comparator.naturalOrder())
            .orElseThrow(() -> Problem.field("scopes", "write at least one of read, write, admin"));
    try {
      Tokens.Made made =
          accounts.tokens().make(call.principal(), asked.name(), scope, asked.expires());
      note(call, "made a token", made.info().name() + " " + scope.text());
      Tokens.Info info = made.info();
      return Answer.created(
          "tokens/" + info.id(),
          new AccountJson.NewTokenAnswer(
              info.id(),
              info.name(),
              List.of(scope.text()),
              info.created(),
              info.expires(),
              made.secret()));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      String field =
          message.startsWith("a token's name")
              ? "name"
              : message.startsWith("the scope") ? "scopes" : "expires";
      throw Problem.field(field, message);
    }
  }

  private Answer revoke(Call call) {
    if (!accounts.tokens().delete(call.user().id(), call.value("id"))) {
      throw Problem.notFound();
    }
    streams.recheck();
    note(call, "revoked a token", call.value("id"));
    return Answer.done();
  }

  private Answer audit(Call call) {
    long before = call.number("cursor").orElse(Long.MAX_VALUE);
    AuditLog.Entries entries = accounts.audit().before(before, call.limit());
    Optional<String> next =
        entries.items().size() < call.limit()
            ? Optional.empty()
            : Optional.of(String.valueOf(entries.items().getLast().seq()));
    return Answer.ok(new PageJson<>(entries.items(), next, entries.total()));
  }

  private void note(Call call, String what, String target) {
    accounts.audit().note(call.user().name(), what, target, call.address());
  }
}
