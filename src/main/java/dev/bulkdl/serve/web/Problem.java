package dev.bulkdl.serve.web;

import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that is refused, as the client sees it (RFC 9457). The detail names the place and the
 * way out.
 */
final class Problem extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int CONFLICT = 409;
  static final int CHANGED = 412;
  static final int TOO_LARGE = 413;
  static final int MEDIA_TYPE = 415;
  static final int RANGE = 416;
  static final int MISDIRECTED = 421;
  static final int UNPROCESSABLE = 422;
  static final int TOO_MANY = 429;
  static final int BUG = 500;
  static final int UNAVAILABLE = 503;

  private final int status;

  @SuppressWarnings("serial") // a problem is never serialised
  private final transient Where where;

  private final int retryAfter;

  @SuppressWarnings("serial")
  private final transient List<JobJson.ErrorAnswer> errors;

  /** The part of the request that is wrong. */
  record Where(Optional<String> field, OptionalInt line, OptionalInt column) {
    static final Where NOWHERE =
        new Where(Optional.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  private Problem(int status, String detail, Where where, int retryAfter) {
    this(status, detail, where, retryAfter, List.of());
  }

  private Problem(
      int status, String detail, Where where, int retryAfter, List<JobJson.ErrorAnswer> errors) {
    super(detail, null, false, false);
    this.status = status;
    this.where = where;
    this.retryAfter = retryAfter;
    this.errors = errors;
  }

  /** Returns the same problem with all errors of a list. */
  Problem with(List<JobJson.ErrorAnswer> all) {
    return new Problem(status, detail(), where, retryAfter, List.copyOf(all));
  }

  List<JobJson.ErrorAnswer> errors() {
    return errors;
  }

  static Problem of(int status, String detail) {
    return new Problem(status, detail, Where.NOWHERE, 0);
  }

  /** Returns a problem with one field of the body or one parameter of the query. */
  static Problem field(String field, String detail) {
    return new Problem(
        UNPROCESSABLE,
        detail,
        new Where(Optional.of(field), OptionalInt.empty(), OptionalInt.empty()),
        0);
  }

  /** Returns a problem with a place in an uploaded list. */
  static Problem at(String field, int line, int column, String detail) {
    return new Problem(
        UNPROCESSABLE,
        detail,
        new Where(
            Optional.of(field),
            line > 0 ? OptionalInt.of(line) : OptionalInt.empty(),
            column > 0 ? OptionalInt.of(column) : OptionalInt.empty()),
        0);
  }

  /** Returns a refusal that holds for a time. */
  static Problem later(int status, int seconds, String detail) {
    return new Problem(status, detail, Where.NOWHERE, Math.max(1, seconds));
  }

  static Problem notFound() {
    return of(NOT_FOUND, "there is nothing at this address, or it is not yours");
  }

  int status() {
    return status;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  Where where() {
    return where;
  }

  /** Returns the seconds to wait; 0 for none. */
  int retryAfter() {
    return retryAfter;
  }

  /** Returns the short text of a status. */
  static String title(int status) {
    return switch (status) {
      case BAD_REQUEST -> "bad request";
      case UNAUTHORIZED -> "not signed in";
      case FORBIDDEN -> "not allowed";
      case NOT_FOUND -> "not found";
      case METHOD_NOT_ALLOWED -> "wrong method";
      case CONFLICT -> "conflict";
      case CHANGED -> "changed meanwhile";
      case TOO_LARGE -> "too large";
      case MEDIA_TYPE -> "wrong type of content";
      case RANGE -> "no such range";
      case MISDIRECTED -> "unknown host";
      case UNPROCESSABLE -> "a value is wrong";
      case TOO_MANY -> "too many requests";
      case UNAVAILABLE -> "not now";
      default -> status >= BUG ? "error of the server" : "refused";
    };
  }
}
