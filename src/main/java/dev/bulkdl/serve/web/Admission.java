package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import dev.bulkdl.serve.user.Principal.Credential.Session;
import dev.bulkdl.serve.user.Secrets;
import java.util.Locale;
import java.util.Optional;

/**
 * The one place that decides whether a request may reach its handler. Whether a job is the caller's
 * own is asked behind it. A pure function.
 */
final class Admission {

  static final String GUARD_HEADER = "X-Bulkdl-Token";

  private Admission() {}

  /**
   * What a request says of itself.
   *
   * @param ownOrigin whether its header {@code Origin} names this site; empty without the header
   * @param fetchSite the header {@code Sec-Fetch-Site}
   * @param guard the header {@link #GUARD_HEADER}
   * @param upgrades whether it asks for a WebSocket
   * @param type the type of the body, in lower case and without parameters; empty for no body
   */
  record Facts(
      Optional<Boolean> ownOrigin,
      Optional<String> fetchSite,
      Optional<String> guard,
      boolean upgrades,
      Optional<String> type) {}

  /**
   * Returns the route that may handle the request.
   *
   * @throws Problem if none may
   */
  static RouteTable.Found.One admit(RouteTable.Found found, Optional<Principal> who, Facts facts) {
    return switch (found) {
      case RouteTable.Found.One one -> {
        check(one.route(), who, facts);
        yield one;
      }
      case RouteTable.Found.OtherMethod other -> {
        requireSignIn(who);
        throw Problem.of(
            Problem.METHOD_NOT_ALLOWED, "this address has only the methods " + other.allowed());
      }
      case RouteTable.Found.Nothing nothing -> {
        requireSignIn(who);
        throw Problem.notFound();
      }
    };
  }

  private static void check(Route route, Optional<Principal> who, Facts facts) {
    if (route.access() != Access.OPEN) {
      Principal principal = requireSignIn(who);
      if (route.changes() && principal.credential() instanceof Session session) {
        checkGuard(session, facts);
      }
      if (!route.access().permits(principal, route.changes())) {
        throw Problem.of(
            Problem.FORBIDDEN,
            "this needs "
                + need(route.access())
                + "; this sign-in has the role "
                + principal.role().text());
      }
    }
    if (route.changes()) {
      checkOrigin(facts);
    }
    if (facts.upgrades() && who.filter(Principal::isSession).isPresent()) {
      requireOwnOrigin(facts); // a browser lets any page open a WebSocket, with our cookie
    }
    checkType(route, facts);
  }

  private static Principal requireSignIn(Optional<Principal> who) {
    return who.orElseThrow(
        () ->
            Problem.of(
                Problem.UNAUTHORIZED,
                "sign in, or send the header 'Authorization: Bearer TOKEN' with a token"));
  }

  private static void checkGuard(Session session, Facts facts) {
    if (!Secrets.equal(session.guard(), facts.guard().orElse(""))) {
      throw Problem.of(
          Problem.FORBIDDEN,
          "the header " + GUARD_HEADER + " is missing or wrong; GET session has its value");
    }
  }

  private static void checkOrigin(Facts facts) {
    boolean foreign = facts.ownOrigin().isPresent() && !facts.ownOrigin().get();
    boolean crossSite = facts.fetchSite().filter("cross-site"::equals).isPresent();
    if (foreign || crossSite) {
      throw Problem.of(
          Problem.FORBIDDEN,
          "the header Origin names another site than this one; start the daemon with"
              + " --public-url and the address that the browser shows");
    }
  }

  private static void requireOwnOrigin(Facts facts) {
    if (facts.ownOrigin().filter(own -> own).isEmpty()) {
      throw Problem.of(
          Problem.FORBIDDEN,
          "a WebSocket needs a header Origin with the address of this site; start the daemon with"
              + " --public-url and the address that the browser shows");
    }
  }

  private static void checkType(Route route, Facts facts) {
    String type = facts.type().orElse("");
    switch (route.shape().body()) {
      case NONE -> {}
      case JSON -> {
        if (!type.equals(Json.TYPE)) {
          throw Problem.of(Problem.MEDIA_TYPE, "send JSON with Content-Type: " + Json.TYPE);
        }
      }
      case UPLOAD -> {
        if (!type.equals(Json.TYPE) && !type.equals("multipart/form-data")) {
          throw Problem.of(Problem.MEDIA_TYPE, "send " + Json.TYPE + " or multipart/form-data");
        }
      }
    }
  }

  private static String need(Access access) {
    return switch (access) {
      case OVERSEE -> "the account of an administrator";
      case ACCOUNT -> "a token with the scope write";
      case OPEN, READ, WRITE, ADMIN -> "the role " + access.name().toLowerCase(Locale.ROOT);
    };
  }
}
