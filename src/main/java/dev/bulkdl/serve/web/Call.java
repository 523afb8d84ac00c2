package dev.bulkdl.serve.web;

import dev.bulkdl.serve.user.Principal;
import dev.bulkdl.serve.user.User;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that was authorised, with its body.
 *
 * @param who empty only on routes that need no sign-in
 */
record Call(Asked asked, Optional<Principal> who, Payload payload, Json json) {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern FIELD = Pattern.compile("[\\x20-\\x7E]{1,200}");

  /**
   * What was asked.
   *
   * @param path the parameters of the path
   * @param query the parameters of the query, the last of each name
   * @param headers by their names in lower case
   */
  record Asked(
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> headers,
      Client client) {}

  /**
   * @param address where the request comes from, as far as it can be trusted
   * @param secure whether the browser used https
   */
  record Client(String address, boolean secure) {}

  Principal principal() {
    return who.orElseThrow(() -> new IllegalStateException("the route needs no sign-in"));
  }

  User user() {
    return principal().user();
  }

  String address() {
    return asked.client().address();
  }

  /** Returns a parameter of the path. */
  String value(String name) {
    String value = asked.path().get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no parameter " + name);
    }
    return value;
  }

  /** Returns a row number of the path. */
  long row(String name) {
    String text = value(name);
    if (!NUMBER.matcher(text).matches()) {
      throw Problem.notFound();
    }
    return Long.parseLong(text);
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(asked.query().get(name)).filter(text -> !text.isEmpty());
  }

  Optional<Long> number(String name) {
    return query(name)
        .map(
            text -> {
              if (!NUMBER.matcher(text).matches()) {
                throw Problem.field(name, "write a whole number, at least 0");
              }
              return Long.parseLong(text);
            });
  }

  /** Returns the size of the wanted page: 1 to 1,000. */
  int limit() {
    long limit = number("limit").orElse(100L);
    if (limit < 1 || limit > 1000) {
      throw Problem.field("limit", "a page has 1 to 1,000 items");
    }
    return (int) limit;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(asked.headers().get(name))
        .filter(value -> FIELD.matcher(value).matches());
  }

  /** Returns the JSON body. */
  <T> T body(Class<T> type) {
    return switch (payload) {
      case Payload.Bytes bytes -> json.read(bytes.content(), type);
      case Payload.Upload upload -> json.read(upload.options().orElse(new byte[] {'{', '}'}), type);
      case Payload.None none ->
          throw Problem.of(Problem.BAD_REQUEST, "the request has no body; send a JSON object");
    };
  }
}
