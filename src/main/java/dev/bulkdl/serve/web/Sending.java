package dev.bulkdl.serve.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers. */
final class Sending {

  static final String PROBLEM_TYPE = "application/problem+json";

  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final int PARTIAL = 206;

  private final Json json;
  private final Secrets ids;

  /** Makes the ids of problems. */
  interface Secrets {
    String id();
  }

  Sending(Json json, Secrets ids) {
    this.json = json;
    this.ids = ids;
  }

  void send(Answer answer, Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(answer.status());
    answer.headers().forEach(headers::put);
    switch (answer) {
      case Answer.Json body -> write(Json.TYPE, json.write(body.body()), response, callback);
      case Answer.Text text ->
          write(text.type(), text.body().getBytes(StandardCharsets.UTF_8), response, callback);
      case Answer.Empty empty -> callback.succeeded();
      case Answer.File file -> file(file, request, response, callback);
      case Answer.Stream stream -> stream.opener().open(request, response, callback);
    }
  }

  /** Sends a refusal, and returns its id. */
  String problem(Problem problem, Response response, Callback callback) {
    String id = ids.id();
    if (response.isCommitted()) {
      callback.failed(problem);
      return id;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", Problem.title(problem.status()));
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    problem.where().field().ifPresent(field -> body.put("field", field));
    problem.where().line().ifPresent(line -> body.put("line", line));
    problem.where().column().ifPresent(column -> body.put("column", column));
    if (!problem.errors().isEmpty()) {
      body.put("errors", problem.errors());
    }
    body.put("id", id);
    response.setStatus(problem.status());
    if (problem.retryAfter() > 0) {
      response.getHeaders().put("Retry-After", String.valueOf(problem.retryAfter()));
    }
    if (problem.status() == Problem.UNAUTHORIZED) {
      response.getHeaders().put("WWW-Authenticate", "Bearer");
    }
    write(PROBLEM_TYPE, json.write(body), response, callback);
    return id;
  }

  private static void write(String type, byte[] body, Response response, Callback callback) {
    response.getHeaders().put("Content-Type", type);
    response.getHeaders().put("Content-Length", body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private void file(Answer.File file, Request request, Response response, Callback callback) {
    long size;
    try {
      size = Files.size(file.path());
    } catch (NoSuchFileException e) {
      problem(Problem.of(Problem.NOT_FOUND, "the file is no longer there"), response, callback);
      return;
    } catch (IOException e) {
      problem(Problem.of(Problem.UNAVAILABLE, "the file cannot be read"), response, callback);
      return;
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Type", file.type());
    if (!file.headers().containsKey("Content-Security-Policy")) {
      headers.put("Content-Security-Policy", SecurityHeaders.SANDBOX);
    }
    headers.put("Content-Disposition", disposition(file.name()));
    headers.put("Accept-Ranges", "bytes");
    Optional<Part> part = part(request.getHeaders().get("Range"), size);
    if (part.isPresent() && part.get().isEmpty()) {
      headers.put("Content-Range", "bytes */" + size);
      problem(Problem.of(Problem.RANGE, "the file has " + size + " bytes"), response, callback);
      return;
    }
    Part sent = part.orElse(new Part(0, size));
    part.ifPresent(
        some -> {
          response.setStatus(PARTIAL);
          headers.put("Content-Range", "bytes " + some.from + "-" + (some.end - 1) + "/" + size);
        });
    headers.put("Content-Length", sent.end - sent.from);
    if (sent.isEmpty() || request.getMethod().equals("HEAD")) {
      callback.succeeded();
      return;
    }
    ByteBufferPool.Sized buffers =
        new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), true, 64 << 10);
    Content.Source source =
        Content.Source.from(buffers, file.path(), sent.from, sent.end - sent.from);
    Content.copy(source, response, callback);
  }

  /** Bytes of a file; without any if the range is outside of it. */
  private record Part(long from, long end) {
    boolean isEmpty() {
      return from >= end;
    }
  }

  /** Returns the only range that is asked for. Anything else is answered with the whole file. */
  private static Optional<Part> part(String range, long size) {
    Matcher one = ONE_RANGE.matcher(range == null ? "" : range.strip());
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      return Optional.of(new Part(last == 0 ? size : Math.max(0, size - last), size));
    }
    long from = Long.parseLong(one.group(1));
    long end = one.group(2).isEmpty() ? size : Long.parseLong(one.group(2)) + 1;
    return Optional.of(new Part(from, Math.min(end, size)));
  }

  /** Returns the header that makes the browser keep the file instead of opening it (RFC 6266). */
  static String disposition(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
    StringBuilder encoded = new StringBuilder();
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      int c = each & 0xff;
      boolean isPlain = c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
      encoded.append(isPlain ? String.valueOf((char) c) : String.format("%%%02X", c));
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
