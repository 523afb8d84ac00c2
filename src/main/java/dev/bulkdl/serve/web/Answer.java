package dev.bulkdl.serve.web;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a handler returns; sending it is the server's task. */
sealed interface Answer {

  int OK = 200;
  int CREATED = 201;
  int ACCEPTED = 202;
  int NO_CONTENT = 204;

  int status();

  Map<String, String> headers();

  /**
   * An answer as JSON.
   *
   * @param body a record, a list or a map, written as JSON
   */
  record Json(int status, Object body, Map<String, String> headers) implements Answer {}

  /** An answer without content. */
  record Empty(int status, Map<String, String> headers) implements Answer {}

  /** A text that is no JSON. */
  record Text(String type, String body, Map<String, String> headers) implements Answer {
    @Override
    public int status() {
      return OK;
    }
  }

  /**
   * A file, sent as an attachment or in a sandbox, so that it never runs on our origin.
   *
   * @param name the name that the browser proposes
   * @param type a type that no browser executes, or that is sandboxed
   */
  record File(Path path, String name, String type, Map<String, String> headers) implements Answer {
    @Override
    public int status() {
      return OK;
    }
  }

  /** An answer that goes on after the handler has returned. */
  record Stream(Opener opener) implements Answer {
    @Override
    public int status() {
      return OK;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** Takes a request over. Must complete the callback at some time. */
  @FunctionalInterface
  interface Opener {
    void open(Request request, Response response, Callback callback);
  }

  static Answer ok(Object body) {
    return new Json(OK, body, Map.of());
  }

  static Answer created(String location, Object body) {
    return new Json(CREATED, body, Map.of("Location", location));
  }

  static Answer accepted(Object body) {
    return new Json(ACCEPTED, body, Map.of());
  }

  static Answer done() {
    return new Empty(NO_CONTENT, Map.of());
  }

  /** Returns the same answer with one header more. */
  default Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers());
    more.put(header, value);
    return switch (this) {
      case Json json -> new Json(json.status, json.body, more);
      case Empty empty -> new Empty(empty.status, more);
      case Text text -> new Text(text.type, text.body, more);
      case Stream stream -> stream;
      case File file -> new File(file.path, file.name, file.type, more);
    };
  }
}
