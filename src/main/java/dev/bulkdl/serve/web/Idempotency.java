package dev.bulkdl.serve.web;

import dev.bulkdl.serve.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Recognises a request that is sent again because its answer was lost, and gives the same answer.
 * Keys are kept for a day.
 */
final class Idempotency {

  private static final Duration KEPT = Duration.ofDays(1);
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:-]{8,100}");
  private static final String UNFINISHED = "";

  private final Database database;
  private final Json json;
  private final InstantSource clock;
  private final Set<String> atWork = ConcurrentHashMap.newKeySet();

  private record Stored(String route, String answer) {}

  Idempotency(Database database, Json json, InstantSource clock) {
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  /** Whether the answers of a route may be kept: those with secrets may not. */
  static boolean isFor(Route route) {
    return route.method().equals("POST")
        && route.access() == Access.WRITE
        && route.shape().body() != Route.Body.NONE;
  }

  /** Handles a request once for each key. */
  Answer once(Route route, Call call, String key) throws IOException {
    if (!KEY.matcher(key).matches()) {
      throw Problem.of(
          Problem.BAD_REQUEST,
          "the header Idempotency-Key has 8 to 100 letters, digits or -, _, ., :");
    }
    String user = call.user().id();
    if (!atWork.add(user + " " + key)) {
      throw Problem.later(
          Problem.CONFLICT, 1, "a request with this Idempotency-Key is being handled; try again");
    }
    try {
      Optional<Answer> known = known(route, call, key);
      return known.isPresent() ? known.get() : first(route, call, key);
    } finally {
      atWork.remove(user + " " + key);
    }
  }

  private static String name(Route route, Call call) {
    return route.method() + " " + route.path() + " " + call.asked().path();
  }

  private Optional<Answer> known(Route route, Call call, String key) {
    Optional<Stored> stored =
        database.read(
            sql ->
                sql.first(
                    "SELECT route, answer FROM idempotency WHERE user = ? AND key = ?"
                        + " AND created > ?",
                    row -> new Stored(row.getString(1), row.getString(2)),
                    call.user().id(),
                    key,
                    clock.millis() - KEPT.toMillis()));
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    if (!stored.get().route.equals(name(route, call))) {
      throw Problem.of(
          Problem.UNPROCESSABLE,
          "this Idempotency-Key was used for another request; take a new one");
    }
    if (stored.get().answer.equals(UNFINISHED)) {
      throw Problem.of(
          Problem.CONFLICT,
          "the daemon ended while it handled this request; see whether the job is there, and send"
              + " the request with a new Idempotency-Key if not");
    }
    JsonNode kept = json.tree(stored.get().answer);
    Answer answer = new Answer.Json(kept.path("status").asInt(), kept.path("body"), Map.of());
    return Optional.of(
        kept.path("location").isString()
            ? answer.with("Location", kept.path("location").stringValue())
            : answer);
  }

  private Answer first(Route route, Call call, String key) throws IOException {
    String user = call.user().id();
    long now = clock.millis();
    database.write(
        sql -> {
          sql.update("DELETE FROM idempotency WHERE created <= ?", now - KEPT.toMillis());
          return sql.update(
              "INSERT INTO idempotency (key, user, route, answer, created) VALUES (?, ?, ?, ?, ?)",
              key,
              user,
              name(route, call),
              UNFINISHED,
              now);
        });
    boolean done = false;
    try {
      Answer answer = route.handler().handle(call);
      if (answer instanceof Answer.Json made) {
        store(user, key, made);
        done = true;
      }
      return answer;
    } finally {
      if (!done) {
        forget(user, key);
      }
    }
  }

  private void store(String user, String key, Answer.Json answer) {
    Map<String, Object> kept =
        new HashMap<>(Map.of("status", answer.status(), "body", answer.body()));
    Optional.ofNullable(answer.headers().get("Location"))
        .ifPresent(location -> kept.put("location", location));
    String text = json.text(kept);
    database.write(
        sql ->
            sql.update(
                "UPDATE idempotency SET answer = ? WHERE user = ? AND key = ?", text, user, key));
  }

  private void forget(String user, String key) {
    database.write(
        sql -> sql.update("DELETE FROM idempotency WHERE user = ? AND key = ?", user, key));
  }
}
