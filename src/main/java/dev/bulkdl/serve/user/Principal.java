package dev.bulkdl.serve.user;

/**
 * Who sends a request.
 *
 * @param scope the most that this sign-in may do; a token can have less than its user
 * @param credential how the request proves it
 */
public record Principal(User user, Role scope, Credential credential) {

  /** A browser's session, or a token of the API. */
  public sealed interface Credential {

    /**
     * The session of a browser.
     *
     * @param id the hash of the cookie's value
     * @param guard what each changing request must repeat in a header
     */
    record Session(String id, String guard) implements Credential {}

    /** A token of the API. */
    record Token(String id) implements Credential {}
  }

  /** Returns what this request may do. */
  public Role role() {
    return user.role().and(scope);
  }

  /** Returns whether the jobs of all users may be seen. */
  public boolean seesAll() {
    return user.role() == Role.ADMIN;
  }

  /** Returns whether the sign-in of a browser sent it. */
  public boolean isSession() {
    return credential instanceof Credential.Session;
  }
}
