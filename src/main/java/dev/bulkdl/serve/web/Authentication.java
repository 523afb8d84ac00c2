package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Accounts;
import dev.bulkdl.serve.user.Principal;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Finds out who sends a request, and writes the cookie of a session. */
final class Authentication {

  private static final String COOKIE = "bulkdl";
  private static final String BEARER = "bearer ";

  private final Accounts accounts;
  private final Site site;

  Authentication(Accounts accounts, Site site) {
    this.accounts = accounts;
    this.site = site;
  }

  /**
   * Returns whose request this is; empty without a sign-in. A header with a token counts more than
   * a cookie.
   *
   * @throws Problem if the token is none
   */
  Optional<Principal> of(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null) {
      Optional<Principal> who =
          header.regionMatches(true, 0, BEARER, 0, BEARER.length())
              ? accounts.tokens().of(header.substring(BEARER.length()).strip())
              : Optional.empty();
      if (who.isEmpty()) {
        throw Problem.of(
            Problem.UNAUTHORIZED,
            "the header Authorization has no valid token; it is 'Bearer ' and a token that was"
                + " not revoked and has not expired");
      }
      return who;
    }
    return cookie(request).flatMap(accounts.sessions()::of);
  }

  private static Optional<String> cookie(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(HttpCookie::getValue)
        .filter(value -> value != null && value.length() <= 100)
        .findFirst();
  }

  /** Returns the header that gives the browser a session. */
  String cookie(String secret, Duration age, boolean secure) {
    return COOKIE
        + "="
        + secret
        + "; Path="
        + site.basePath()
        + "/; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  /** Returns the header that makes the browser forget its session. */
  String noCookie(boolean secure) {
    return cookie("", Duration.ZERO, secure);
  }
}
