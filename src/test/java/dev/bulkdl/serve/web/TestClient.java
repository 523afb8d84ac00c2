package dev.bulkdl.serve.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests as a browser with a session, or as a script with a token. */
final class TestClient {

  private static final JsonMapper MAPPER = new JsonMapper();

  private static final Contract CONTRACT = new Contract();

  private final HttpClient http;
  private final URI page;
  private final Map<String, String> headers = new LinkedHashMap<>();

  record Reply(int status, String body, HttpResponse<byte[]> raw) {

    JsonNode json() {
      return MAPPER.readTree(body);
    }

    String text(String field) {
      JsonNode value = json().path(field);
      return value.isString() ? value.stringValue() : value.toString();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  TestClient(URI page) {
    this(page, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /** With what else the way to the page needs, such as a trusted authority. */
  TestClient(URI page, HttpClient http) {
    this.page = page;
    this.http = http;
  }

  TestClient with(String header, String value) {
    TestClient other = new TestClient(page, http);
    other.headers.putAll(headers);
    other.headers.put(header, value);
    return other;
  }

  TestClient without(String header) {
    TestClient other = new TestClient(page, http);
    other.headers.putAll(headers);
    other.headers.remove(header);
    return other;
  }

  TestClient token(String secret) {
    return with("Authorization", "Bearer " + secret);
  }

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  Reply signIn(String name, String password) {
    Reply reply =
        post("/session", MAPPER.writeValueAsString(Map.of("name", name, "password", password)));
    if (reply.status() == 200) {
      keep(reply);
    }
    return reply;
  }

  /** Keeps the cookie and the guard of an answer, as a browser and its page do. */
  void keep(Reply reply) {
    headers.put("Cookie", reply.header("Set-Cookie").split(";", 2)[0]);
    headers.put("X-Bulkdl-Token", reply.text("token"));
  }

  Reply get(String path) {
    return send("GET", path, null);
  }

  Reply post(String path, String json) {
    return send("POST", path, json);
  }

  Reply delete(String path) {
    return send("DELETE", path, null);
  }

  Reply send(String method, String path, String json) {
    HttpRequest.Builder request = request(path);
    if (json == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      if (!headers.containsKey("Content-Type")) {
        request.header("Content-Type", "application/json");
      }
      request.method(method, BodyPublishers.ofString(json));
    }
    return send(request.build());
  }

  Reply upload(String path, String options, byte[] manifest, String name) {
    String boundary = "x7f3a";
    java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
    body.writeBytes(
        ("--%s\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n%s\r\n"
                + "--%s\r\nContent-Disposition: form-data; name=\"manifest\"; filename=\"%s\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n")
            .formatted(boundary, options, boundary, name)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(manifest);
    body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    String full = path.startsWith("http") ? path : page + "api/v1" + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(full)).timeout(Duration.ofSeconds(60));
    headers.forEach(request::header);
    return request;
  }

  /**
   * Asks once more on another connection where the server has closed this one without an answer. It
   * may do so between requests (RFC 9112, 9.3.1), and a body that it does not read makes it so.
   */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("received no bytes")) {
        throw e;
      }
      return http.send(request, BodyHandlers.ofByteArray());
    }
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<byte[]> raw = answer(request);
      Reply reply =
          new Reply(raw.statusCode(), new String(raw.body(), StandardCharsets.UTF_8), raw);
      check(request, reply);
      return reply;
    } catch (IOException e) {
      throw new AssertionError(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Each answer of the API in each test is as it is described. */
  private void check(HttpRequest request, Reply reply) {
    String api = page.getPath() + "api/v1";
    String path = request.uri().toString().substring(page.toString().length() - 1);
    if (request.uri().getPath().startsWith(api + "/")) {
      CONTRACT.check(
          request.method(),
          path.substring("/api/v1".length()),
          reply.status(),
          reply.header("Content-Type"),
          reply.body());
    }
  }

  HttpClient http() {
    return http;
  }

  URI page() {
    return page;
  }
}
