package dev.bulkdl.serve.client;

import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks to a daemon with a token. It retries nothing but what the server recognises as a repeat.
 */
public final class JobClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final int WATCH_SECONDS = 25;
  private static final int OK = 300;

  private final HttpClient http;
  private final JsonMapper mapper = new JsonMapper();
  private final String api;
  private final String token;

  /**
   * Makes a client, which connects when it is used.
   *
   * @param server the address of the page
   * @param trust decides which certificates are trusted; empty for those of the system
   */
  public JobClient(URI server, String token, Optional<SSLContext> trust) {
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    trust.ifPresent(client::sslContext);
    this.http = client.build();
    String base = server.toString();
    this.api = (base.endsWith("/") ? base : base + "/") + "api/v1";
    this.token = token;
  }

  /** Orders a job of a manifest file. */
  public JobView add(Path manifest, Map<String, ?> options) throws ApiException, IOException {
    String boundary = "bulkdl" + UUID.randomUUID();
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="options"\r
        \r
        %s\r
        --%s\r
        Content-Disposition: form-data; name="manifest"; filename="%s"\r
        \r
        """
            .formatted(
                boundary,
                mapper.writeValueAsString(options),
                boundary,
                String.valueOf(manifest.getFileName()).replaceAll("[\"\r\n]", "_"));
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    byte[] last = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    long length = first.length + Files.size(manifest) + last.length;
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.concat(
                BodyPublishers.ofByteArray(first),
                BodyPublishers.ofFile(manifest),
                BodyPublishers.ofByteArray(last)),
            length);
    return job(
        send(
            request("/jobs")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body)));
  }

  /** Orders a job of these URLs. */
  public JobView add(List<String> urls, Map<String, ?> options) throws ApiException {
    Map<String, Object> all = new HashMap<>(options);
    all.put("urls", urls);
    return job(post("/jobs", mapper.writeValueAsString(all)));
  }

  /** Returns all jobs that the token may see. */
  public List<JobView> list() throws ApiException {
    List<JobView> jobs = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          send(
              request("/jobs?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)))
                  .GET());
      page.path("items").forEach(job -> jobs.add(job(job)));
      cursor = page.path("next").isString() ? page.path("next").stringValue() : "";
    } while (!cursor.isEmpty());
    return jobs;
  }

  public JobView show(String id) throws ApiException {
    return job(whole(id));
  }

  /**
   * Does something to a job.
   *
   * @param action {@code start}, {@code pause}, {@code resume}, {@code cancel} or {@code retry}
   */
  public JobView act(String id, String action) throws ApiException {
    return job(send(request("/jobs/" + encoded(id) + "/" + action).POST(BodyPublishers.noBody())));
  }

  /**
   * Follows a job.
   *
   * @param goesOn gets the job after each change, and says whether to go on
   */
  public void watch(String id, Predicate<JobView> goesOn) throws ApiException {
    ObjectNode job = whole(id);
    String position = "0.0";
    while (goesOn.test(JobView.of(job))) {
      JsonNode polled =
          send(
              request(
                      "/events?topics=job:"
                          + encoded(id)
                          + "&after="
                          + position
                          + "&wait="
                          + WATCH_SECONDS)
                  .GET());
      position = polled.path("next").stringValue();
      if (polled.path("frames").isEmpty()) {
        job = whole(id); // it may have been deleted
      }
      for (JsonNode frame : polled.path("frames")) {
        if (frame.path("data") instanceof ObjectNode fields) {
          job.setAll(fields); // a snapshot has all fields, a patch those that have changed
        } else {
          job = whole(id);
        }
      }
    }
  }

  private ObjectNode whole(String id) throws ApiException {
    if (send(request("/jobs/" + encoded(id)).GET()) instanceof ObjectNode job) {
      return job;
    }
    throw new ApiException(0, "the daemon at " + api + " did not answer with a job");
  }

  private JsonNode post(String path, String json) throws ApiException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(api + path))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws ApiException {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return answer.statusCode() < OK ? read(answer.body()) : refused(answer);
    } catch (ConnectException e) {
      throw new ApiException(0, "no daemon answers at " + api + "; is it running there?");
    } catch (SSLException e) {
      throw new ApiException(
          0,
          "the certificate at "
              + api
              + " is not trusted; --cacert FILE gives its authority ("
              + Redaction.of(String.valueOf(e.getMessage()))
              + ")");
    } catch (IOException | JacksonException e) {
      throw new ApiException(
          0, "the daemon at " + api + " did not answer as one: " + Redaction.of(e.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(0, "interrupted");
    }
  }

  private JsonNode read(String body) {
    return mapper.readTree(body.isEmpty() ? "{}" : body);
  }

  private JsonNode refused(HttpResponse<String> answer) throws ApiException {
    String detail = "";
    try {
      JsonNode problem = mapper.readTree(answer.body());
      detail = problem.path("detail").isString() ? problem.path("detail").stringValue() : "";
      if (problem.path("line").isIntegralNumber()) {
        detail = "line " + problem.path("line") + ": " + detail;
      } else if (problem.path("field").isString()) {
        detail = problem.path("field").stringValue() + ": " + detail;
      }
    } catch (JacksonException e) {
      detail = "no bulkdl daemon is at this address";
    }
    throw new ApiException(
        answer.statusCode(), Redaction.of(detail) + " (HTTP " + answer.statusCode() + ")");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JobView job(JsonNode json) {
    return JobView.of(json);
  }

  @Override
  public void close() {
    http.close();
  }
}
