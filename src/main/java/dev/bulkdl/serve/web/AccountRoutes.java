package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.Principal;
import dev.bulkdl.serve.user.Principal.Credential.Session;
import dev.bulkdl.serve.user.Sessions;
import dev.bulkdl.serve.user.SignIn;
import java.io.IOException;
import java.util.List;

/** Setup, signing in and out, the own sessions. */
final class AccountRoutes {

  private final Accounts accounts;
  private final Authentication authentication;
  private final Streams streams;

  AccountRoutes(Accounts accounts, Authentication authentication, Streams streams) {
    this.accounts = accounts;
    this.authentication = authentication;
    this.streams = streams;
  }

  List<Route> all() {
    return List.of(
        Route.get("/health", Access.OPEN, "Whether the daemon works", this::health)
            .answers(Answer.OK, AccountJson.Health.class),
        Route.post("/setup", Access.OPEN, "Makes the first user, once", this::setUp)
            .takes(AccountJson.Setup.class)
            .answers(Answer.CREATED, AccountJson.SessionAnswer.class),
        Route.post("/session", Access.OPEN, "Signs in", this::signIn)
            .takes(AccountJson.SignInRequest.class)
            .answers(Answer.OK, AccountJson.SessionAnswer.class),
        Route.get("/session", Access.ACCOUNT, "Who is signed in", this::session)
            .answers(Answer.OK, AccountJson.SessionAnswer.class),
        Route.delete("/session", Access.ACCOUNT, "Signs out", this::signOut),
        Route.get("/sessions", Access.ACCOUNT, "The own sign-ins", this::sessions)
            .answers(Answer.OK, AccountJson.SessionsAnswer.class),
        Route.delete("/sessions", Access.ACCOUNT, "Ends all own sign-ins", this::endAll),
        Route.delete("/sessions/{id}", Access.ACCOUNT, "Ends one own sign-in", this::end));
  }

  private Answer health(Call call) {
    return Answer.ok(new AccountJson.Health("ok", accounts.users().isEmpty()));
  }

  private Answer setUp(Call call) throws IOException {
    AccountJson.Setup asked = call.body(AccountJson.Setup.class);
    try {
      SignIn.Result result =
          accounts.signIn().setUp(asked.code(), asked.name(), asked.password(), call.address());
      String wrong =
          "this is not the setup code; the daemon has printed it, and it is in the file setup-code"
              + " of the state folder";
      Sessions.Opened opened = opened(result, wrong);
      note(opened.principal(), "set up", asked.name(), call);
      return signedIn(Answer.CREATED, opened, call);
    } catch (IllegalArgumentException e) {
      throw wrongAccount(e);
    }
  }

  /** Names the field that a message of the accounts is about. */
  static Problem wrongAccount(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    String field =
        message.startsWith("a password")
            ? "password"
            : message.startsWith("a name") ? "name" : "root";
    return Problem.field(field, message);
  }

  private Answer signIn(Call call) {
    AccountJson.SignInRequest asked = call.body(AccountJson.SignInRequest.class);
    SignIn.Result result = accounts.signIn().signIn(asked.name(), asked.password(), call.address());
    if (result instanceof SignIn.Result.Wrong) {
      accounts.audit().note(asked.name(), "sign-in refused", "", call.address());
    }
    Sessions.Opened opened = opened(result, "the name or the password is wrong");
    call.who() // a browser that signs in again leaves no second session behind
        .map(Principal::credential)
        .ifPresent(old -> end(opened.principal().user().id(), old));
    note(opened.principal(), "signed in", "", call);
    return signedIn(Answer.OK, opened, call);
  }

  private void end(String user, Principal.Credential credential) {
    if (credential instanceof Session session) {
      accounts.sessions().end(user, session.id());
    }
  }

  private static Sessions.Opened opened(SignIn.Result result, String wrong) {
    return switch (result) {
      case SignIn.Result.Done done -> done.session();
      case SignIn.Result.Confirmed confirmed ->
          throw new IllegalStateException("no session was opened");
      case SignIn.Result.Wrong no -> throw Problem.of(Problem.UNAUTHORIZED, wrong);
      case SignIn.Result.Wait wait -> throw tooMany(wait.seconds());
    };
  }

  static Problem tooMany(int seconds) {
    return Problem.later(
        Problem.TOO_MANY,
        seconds,
        "there were too many wrong tries; the next one is possible in " + seconds + " s");
  }

  private Answer signedIn(int status, Sessions.Opened opened, Call call) {
    String cookie =
        authentication.cookie(opened.cookie(), opened.age(), call.asked().client().secure());
    return new Answer.Json(status, answer(opened.principal()), java.util.Map.of())
        .with("Set-Cookie", cookie);
  }

  private static AccountJson.SessionAnswer answer(Principal who) {
    String guard = who.credential() instanceof Session session ? session.guard() : "";
    return new AccountJson.SessionAnswer(
        new AccountJson.Me(who.user().id(), who.user().name(), who.role().text()), guard);
  }

  private Answer session(Call call) {
    return Answer.ok(answer(call.principal()));
  }

  private Answer signOut(Call call) {
    end(call.user().id(), call.principal().credential());
    streams.recheck();
    note(call.principal(), "signed out", "", call);
    return Answer.done()
        .with("Set-Cookie", authentication.noCookie(call.asked().client().secure()));
  }

  private Answer sessions(Call call) {
    return Answer.ok(
        new AccountJson.SessionsAnswer(
            accounts.sessions().list(call.user().id(), currentId(call.principal()))));
  }

  static String currentId(Principal who) {
    return who.credential() instanceof Session session ? session.id() : "";
  }

  private Answer end(Call call) {
    if (!accounts.sessions().end(call.user().id(), call.value("id"))) {
      throw Problem.notFound();
    }
    streams.recheck();
    note(call.principal(), "ended a sign-in", "", call);
    return Answer.done();
  }

  private Answer endAll(Call call) {
    accounts.sessions().endAll(call.user().id());
    streams.recheck();
    note(call.principal(), "ended all sign-ins", "", call);
    return Answer.done();
  }

  private void note(Principal who, String what, String target, Call call) {
    accounts.audit().note(who.user().name(), what, target, call.address());
  }
}
