package dev.bulkdl.serve.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of the API.
 *
 * @param path below {@code /api/v1}; a part in braces is a parameter
 * @param handler runs after the access was granted and the body was read
 */
record Route(String method, String path, Access access, Shape shape, Handler handler) {

  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  /** Answers a request. Throws a {@link Problem} to refuse it. */
  @FunctionalInterface
  interface Handler {
    Answer handle(Call call) throws IOException;
  }

  /** What a request may carry. */
  enum Body {
    NONE,
    JSON,
    /** JSON, or multipart with the parts {@code options} and {@code manifest}. */
    UPLOAD
  }

  /**
   * What the description says of a route.
   *
   * @param summary one sentence
   * @param in the type of the body; {@code Void} for none
   * @param out the type of the answer; {@code Void} for none, {@code Path} for a file
   * @param query the names of the query's parameters
   */
  record Shape(String summary, Body body, Class<?> in, Answers out, List<String> query) {}

  /**
   * @param paged the answer is a page of this type
   * @param tagged it has an ETag, and a change of it may have an If-Match
   */
  record Answers(int status, Class<?> type, boolean paged, boolean tagged) {}

  static Route get(String path, Access access, String summary, Handler handler) {
    return of("GET", path, access, summary, handler);
  }

  static Route post(String path, Access access, String summary, Handler handler) {
    return of("POST", path, access, summary, handler);
  }

  static Route put(String path, Access access, String summary, Handler handler) {
    return of("PUT", path, access, summary, handler);
  }

  static Route patch(String path, Access access, String summary, Handler handler) {
    return of("PATCH", path, access, summary, handler);
  }

  static Route delete(String path, Access access, String summary, Handler handler) {
    return of("DELETE", path, access, summary, handler).answers(Answer.NO_CONTENT, Void.class);
  }

  private static Route of(
      String method, String path, Access access, String summary, Handler handler) {
    Answers none = new Answers(Answer.OK, Void.class, false, false);
    return new Route(
        method, path, access, new Shape(summary, Body.NONE, Void.class, none, List.of()), handler);
  }

  Route takes(Class<?> in) {
    return with(new Shape(shape.summary, Body.JSON, in, shape.out, shape.query));
  }

  Route takesUpload(Class<?> in) {
    return with(new Shape(shape.summary, Body.UPLOAD, in, shape.out, shape.query));
  }

  Route answers(int status, Class<?> type) {
    Answers out = new Answers(status, type, false, false);
    return with(new Shape(shape.summary, shape.body, shape.in, out, shape.query));
  }

  /** Answers as {@link #answers}, with the version as ETag. */
  Route answersTagged(Class<?> type) {
    Answers out = new Answers(Answer.OK, type, false, true);
    return with(new Shape(shape.summary, shape.body, shape.in, out, shape.query));
  }

  Route pages(Class<?> type) {
    Answers out = new Answers(Answer.OK, type, true, false);
    return with(new Shape(shape.summary, shape.body, shape.in, out, shape.query));
  }

  Route query(String... names) {
    return with(new Shape(shape.summary, shape.body, shape.in, shape.out, List.of(names)));
  }

  private Route with(Shape other) {
    return new Route(method, path, access, other, handler);
  }

  boolean changes() {
    return !SAFE.contains(method);
  }

  /** Returns whether it belongs to one job. Then the caller must be its owner. */
  boolean isOfJob() {
    return path.startsWith("/jobs/{id}");
  }

  /** Returns the values of the parameters if the route has this path. */
  Optional<Map<String, String>> match(String asked) {
    String[] parts = path.split("/", -1);
    String[] given = asked.split("/", -1);
    if (parts.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("{")) {
        if (given[i].isEmpty() || (given[i].contains(":") && parts.length == i + 1)) {
          return Optional.empty();
        }
        values.put(parts[i].substring(1, parts[i].length() - 1), given[i]);
      } else if (!parts[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** Returns the names of the parameters in the path. */
  List<String> parameters() {
    List<String> names = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.startsWith("{")) {
        names.add(part.substring(1, part.length() - 1));
      }
    }
    return names;
  }
}
