package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.web.TestClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Jobs by the API, with downloads from a server of this test. */
class JobRoutesTest {

  private static final byte[] CONTENT =
      "the content\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private TestSite site;
  private HttpServer origin;
  private TestClient alice;

  @BeforeEach
  void open() throws IOException {
    site = TestSite.open(folder);
    site.add("alice", Role.WRITE);
    alice = site.signedIn("alice");
    origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    origin.createContext(
        "/",
        exchange -> {
          boolean isThere = !exchange.getRequestURI().getPath().contains("missing");
          exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? CONTENT.length : -1);
          if (isThere) {
            exchange.getResponseBody().write(CONTENT);
          }
          exchange.close();
        });
    origin.start();
  }

  @AfterEach
  void close() {
    site.close();
    origin.stop(0);
    assertThat(site.bugs()).isEmpty();
  }

  private String url(String name) {
    return "http://127.0.0.1:" + origin.getAddress().getPort() + "/" + name;
  }

  /** Follows a job by long polls until it has ended. */
  private JsonNode ended(TestClient client, String id) {
    String after = "0.0";
    while (true) {
      JsonNode job = client.get("/jobs/" + id).json();
      if (job.path("state").stringValue().matches("done|done-with-failures|cancelled")) {
        return job;
      }
      after = client.get("/events?topics=job:" + id + "&after=" + after + "&wait=20").text("next");
    }
  }

  @Test
  void aManifestIsUploadedDownloadedAndFetched() throws IOException {
    String manifest =
        "filename,url\na/one.bin," + url("one") + "\nmissing.bin," + url("missing") + "\n";
    Reply checked =
        alice.upload("/jobs:check", "{}", manifest.getBytes(StandardCharsets.UTF_8), "list.csv");
    assertThat(checked.json().path("rows").asInt()).isEqualTo(2);
    assertThat(alice.get("/jobs").json().path("total").asInt()).isZero();
    Reply added =
        alice.upload(
            "/jobs",
            "{\"name\":\"first\",\"folder\":\"f\",\"note\":\"n\"}",
            gzip(manifest),
            "list.csv.gz");
    assertThat(added.status()).isEqualTo(201);
    String id = added.text("id");
    assertThat(added.header("Location")).isEqualTo("jobs/" + id);
    JsonNode job = ended(alice, id);
    assertThat(job.path("state").stringValue()).isEqualTo("done-with-failures");
    assertThat(job.at("/counts/completed").asInt()).isEqualTo(1);
    assertThat(job.at("/counts/failed").asInt()).isEqualTo(1);
    assertThat(folder.resolve("files/alice/f/a/one.bin")).hasBinaryContent(CONTENT);
    Reply content = alice.get("/jobs/" + id + "/files/1/content");
    assertThat(content.raw().body()).isEqualTo(CONTENT);
    assertThat(content.header("Content-Disposition"))
        .startsWith("attachment; filename=\"one.bin\"");
    assertThat(content.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(content.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
    Reply part = alice.with("Range", "bytes=4-10").get("/jobs/" + id + "/files/1/content");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("content");
    assertThat(
            alice.with("Range", "bytes=99999999-").get("/jobs/" + id + "/files/1/content").status())
        .isEqualTo(416);
    assertThat(alice.get("/jobs/" + id + "/files/2/content").status()).isEqualTo(404);
    Reply failures = alice.get("/jobs/" + id + "/failures");
    assertThat(failures.json().at("/items/0/count").asInt()).isEqualTo(1);
    assertThat(failures.json().at("/items/0/rows/0").asInt()).isEqualTo(2);
    assertThat(alice.get("/jobs/" + id + "/results.csv").body()).contains("one.bin");
    assertThat(alice.get("/jobs/" + id + "/failed.csv").body()).contains("missing.bin");
    assertThat(alice.get("/jobs/" + id + "/log").json().path("lines").size()).isPositive();
    Reply report = alice.get("/jobs/" + id + "/report.html");
    assertThat(report.header("Content-Security-Policy")).startsWith("sandbox allow-scripts;");
    assertThat(report.header("Content-Disposition")).startsWith("attachment");
    assertThat(alice.get("/jobs/" + id + "/manifest").status()).isEqualTo(200);
    assertThat(alice.get("/jobs/" + id + "/files?state=failed").json().path("total").asInt())
        .isEqualTo(1);
    assertThat(alice.get("/jobs/" + id + "/files?at=1&limit=1").json().at("/items/0/row").asInt())
        .isEqualTo(2);
    assertThat(alice.delete("/jobs/" + id + "?files=all").status()).isEqualTo(204);
    assertThat(alice.get("/jobs/" + id).status()).isEqualTo(404);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void aWrongManifestIsRefusedByLineAndColumnAndNothingIsStored() throws IOException {
    String manifest = "filename,url\na," + url("a") + "\n../b,ftp://x/b\n";
    Reply reply = alice.upload("/jobs", "{}", manifest.getBytes(StandardCharsets.UTF_8), "l.csv");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("line")).isEqualTo("3");
    assertThat(reply.json().path("errors").size()).isPositive();
    assertThat(alice.get("/jobs").json().path("total").asInt()).isZero();
    try (var left = Files.list(folder.resolve("state/uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void jobsAreSteeredAndMoved() {
    String first = held("a", "");
    String second = held("b", "");
    assertThat(alice.post("/jobs/" + second + "/move", "{\"position\":\"top\"}").status())
        .isEqualTo(200);
    JsonNode jobs = alice.get("/jobs?state=paused,running&limit=1").json();
    assertThat(jobs.at("/items/0/id").stringValue()).isEqualTo(second);
    String cursor = jobs.path("next").stringValue();
    assertThat(alice.get("/jobs?limit=1&cursor=" + cursor).json().at("/items/0/id").stringValue())
        .isEqualTo(first);
    Reply changed =
        alice.send(
            "PATCH",
            "/jobs/" + first,
            "{\"name\":\"new\",\"priority\":3,\"limits\":{\"connections\":2,\"rate\":\"1M\"},"
                + "\"schedule\":{\"window\":\"22:00-06:00\",\"zone\":\"Europe/Berlin\"}}");
    assertThat(changed.json().at("/limits/rate").stringValue()).isEqualTo("1M");
    assertThat(changed.json().at("/schedule/window").stringValue()).isEqualTo("22:00-06:00");
    assertThat(alice.post("/jobs/" + first + "/pause", null).status()).isEqualTo(202);
    assertThat(alice.post("/jobs/" + first + "/cancel", null).text("state")).isEqualTo("cancelled");
    assertThat(alice.post("/jobs/" + first + "/cancel", null).text("state")).isEqualTo("cancelled");
    Reply batch =
        alice.post("/jobs/" + second + "/files:batch", "{\"filter\":{},\"action\":\"hold\"}");
    assertThat(batch.text("matched")).isEqualTo("1");
    assertThat(
            alice
                .post("/jobs/" + second + "/files", "{\"urls\":[\"" + url("c") + "\"]}")
                .text("rows"))
        .isEqualTo("2");
  }

  private String held(String name, String key) {
    TestClient client = key.isEmpty() ? alice : alice.with("Idempotency-Key", key);
    Reply reply =
        client.post(
            "/jobs",
            "{\"urls\":[\"" + url(name) + "\"],\"name\":\"" + name + "\",\"start\":\"held\"}");
    assertThat(reply.status()).isEqualTo(201);
    return reply.text("id");
  }

  @Test
  void anOrderThatIsSentAgainWithItsKeyIsOneJob() throws Exception {
    String id = held("a", "key-12345678");
    assertThat(held("a", "key-12345678")).isEqualTo(id);
    assertThat(held("a", "key-another1")).isNotEqualTo(id);
    assertThat(
            alice
                .with("Idempotency-Key", "key-12345678")
                .post("/jobs:check", "{\"urls\":\"x\"}")
                .status())
        .isEqualTo(422);
    try (var pool = Executors.newFixedThreadPool(8)) {
      List<Callable<Reply>> same = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        same.add(
            () ->
                alice
                    .with("Idempotency-Key", "key-parallel")
                    .post("/jobs", "{\"urls\":[\"" + url("p") + "\"],\"start\":\"held\"}"));
      }
      List<Integer> codes = new ArrayList<>();
      for (Future<Reply> each : pool.invokeAll(same)) {
        codes.add(each.get().status());
      }
      assertThat(codes).contains(201).allMatch(code -> code == 201 || code == 409);
    }
    assertThat(alice.get("/jobs").json().path("total").asInt()).isEqualTo(3);
  }

  @Test
  void s24AFolderThatLeadsOutIsRefused() {
    for (String bad :
        new String[] {
          "../x", "/etc", "a/../../x", "..\\\\x", "%2e%2e/x", "a\\u0000b", "con", "a/./..//b"
        }) {
      Reply reply =
          alice.post(
              "/jobs",
              "{\"urls\":[\"" + url("a") + "\"],\"folder\":\"" + bad + "\",\"start\":\"held\"}");
      assertThat(reply.status()).as(bad).isEqualTo(422);
      assertThat(reply.text("field")).isEqualTo("folder");
    }
  }

  @Test
  void s33AQuotaHoldsWhenManyOrdersComeAtOnce() throws Exception {
    site.add("root", Role.ADMIN);
    TestClient root = site.signedIn("root");
    String id = alice.get("/users/me").text("id");
    Reply set = root.send("PATCH", "/users/" + id, "{\"quota\":{\"files\":10}}");
    assertThat(set.json().at("/quota/files").asInt()).isEqualTo(10);
    try (var pool = Executors.newFixedThreadPool(20)) {
      List<Callable<Reply>> orders = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String name = "q" + i;
        orders.add(
            () ->
                alice.post(
                    "/jobs",
                    "{\"urls\":[\""
                        + url(name)
                        + "\"],\"name\":\""
                        + name
                        + "\",\"start\":\"held\"}"));
      }
      pool.invokeAll(orders).forEach(each -> assertThat(each).isDone());
    }
    assertThat(alice.get("/jobs").json().path("total").asInt()).isEqualTo(10);
    assertThat(alice.get("/users/me").json().at("/used/files").asInt()).isEqualTo(10);
  }

  @Test
  void limitsAndTheTimetableAreSetAndShown() {
    site.add("root", Role.ADMIN);
    TestClient root = site.signedIn("root");
    Reply limits = root.send("PUT", "/limits", "{\"connections\":7,\"rate\":\"10M\"}");
    assertThat(limits.json().at("/effective/connections").asInt()).isEqualTo(7);
    assertThat(limits.json().at("/by/rate").stringValue()).isEqualTo("admin");
    assertThat(root.send("PUT", "/limits", "{\"connections\":0}").status()).isEqualTo(422);
    assertThat(root.send("PUT", "/limits", "{\"rate\":\"fast\"}").status()).isEqualTo(422);
    Reply table =
        root.send(
            "PUT",
            "/timetable",
            "{\"text\":\"Mon-08:00,512K 19:00,off\",\"zone\":\"Europe/Berlin\"}");
    assertThat(table.json().path("grid").size()).isEqualTo(7);
    assertThat(table.json().at("/grid/0/8").asInt()).isEqualTo(512 << 10);
    assertThat(table.json().at("/grid/0/20").isNull()).isTrue();
    Reply wrong = root.post("/timetable:check", "{\"text\":\"Mon-25:00,1M\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(root.get("/metrics").body()).contains("bulkdl_serve_jobs{state=\"running\"} 0\n");
  }

  @Test
  void s23TheDaemonNeverFetchesFromItself() {
    for (String host : new String[] {"127.0.0.1", "localhost", "0x7f.1", "127.1"}) {
      String own = "http://" + host + ":" + site.port() + "/api/v1/health";
      Reply added = alice.post("/jobs", "{\"urls\":[\"" + own + "\"]}");
      if (added.status() == 422) {
        continue; // no name of a host
      }
      String id = added.text("id");
      JsonNode job = ended(alice, id);
      assertThat(job.path("state").stringValue()).as(host).isEqualTo("done-with-failures");
      assertThat(alice.get("/jobs/" + id + "/files/1").text("attempts")).as(host).isIn("0", "1");
    }
  }

  @Test
  void s29AUrlIsShownWithoutItsSecrets() {
    Reply added =
        alice.post(
            "/jobs",
            "{\"urls\":[\"http://user:pass@127.0.0.1:9/a?token=geheim\"],\"start\":\"held\"}");
    String id = added.text("id");
    for (String path : new String[] {"/files", "/files/1", "/log", "/failures"}) {
      assertThat(alice.get("/jobs/" + id + path).body())
          .as(path)
          .doesNotContain("geheim")
          .doesNotContain("pass");
    }
    assertThat(alice.get("/events?wait=0&topics=files:" + id + ":0-10").body())
        .contains("127.0.0.1")
        .doesNotContain("geheim")
        .doesNotContain("pass@");
  }
}
