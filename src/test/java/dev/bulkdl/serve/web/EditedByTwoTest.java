package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.web.TestClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people change the same thing. */
class EditedByTwoTest {

  @TempDir private Path folder;
  private TestSite site;
  private TestClient admin;

  @BeforeEach
  void open() throws IOException {
    site = TestSite.open(folder);
    site.add("root", Role.ADMIN);
    site.add("alice", Role.WRITE);
    admin = site.signedIn("root");
  }

  @AfterEach
  void close() {
    site.close();
    assertThat(site.bugs()).isEmpty();
  }

  private static TestClient ifMatch(TestClient client, String tag) {
    return client.with("If-Match", tag);
  }

  private static void assertTag(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("ETag")).isEqualTo('"' + reply.text("version") + '"');
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.text("title")).isEqualTo("changed meanwhile");
    assertThat(reply.text("detail")).contains("look at the new values");
  }

  /** Both have read the same; the second one is refused, and passes without If-Match. */
  private void secondIsRefused(String method, String path, String read, String... bodies) {
    Reply before = admin.get(read);
    assertTag(before);
    Reply first = ifMatch(admin, before.header("ETag")).send(method, path, bodies[0]);
    assertTag(first);
    assertThat(first.header("ETag")).isNotEqualTo(before.header("ETag"));
    assertRefused(ifMatch(admin, before.header("ETag")).send(method, path, bodies[1]));
    assertThat(admin.get(read).text("version")).as("unchanged").isEqualTo(first.text("version"));
    assertTag(ifMatch(admin, "\"x\", " + first.header("ETag")).send(method, path, bodies[1]));
    assertTag(ifMatch(admin, "*").send(method, path, bodies[0]));
    assertTag(admin.send(method, path, bodies[1]));
  }

  private String job() {
    Reply added =
        admin.post(
            "/jobs", "{\"urls\":\"http://host.invalid/a\",\"name\":\"one\",\"start\":\"held\"}");
    assertThat(added.status()).isEqualTo(201);
    return added.text("id");
  }

  @Test
  void aJob() {
    String path = "/jobs/" + job();
    secondIsRefused("PATCH", path, path, "{\"name\":\"two\"}", "{\"note\":\"three\"}");
  }

  @Test
  void whatChangesByItselfIsNoPartOfAJobsVersion() {
    String path = "/jobs/" + job();
    Reply before = admin.get(path);
    admin.post(path + "/resume", "{}");
    admin.post(path + "/cancel", "{}");
    Reply after = admin.get(path);
    assertThat(after.text("state")).isNotEqualTo(before.text("state"));
    assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
  }

  @Test
  void theLimits() {
    secondIsRefused("PUT", "/limits", "/limits", "{\"files\":7}", "{\"files\":8}");
  }

  @Test
  void theTimetable() {
    secondIsRefused(
        "PUT",
        "/timetable",
        "/timetable",
        "{\"text\":\"08:00,2M 18:00,off\",\"zone\":\"UTC\"}",
        "{\"text\":\"08:00,3M 18:00,off\",\"zone\":\"UTC\"}");
  }

  @Test
  void aUser() {
    TestClient alice = site.signedIn("alice");
    Reply me = alice.get("/users/me");
    assertTag(me);
    String path = "/users/" + me.text("id");
    String tag = me.header("ETag");
    assertThat(admin.get("/users").body()).contains(me.text("version"));
    Reply first = ifMatch(admin, tag).send("PATCH", path, "{\"quota\":{\"files\":5}}");
    assertTag(first);
    assertRefused(ifMatch(admin, tag).send("PATCH", path, "{\"disabled\":true}"));
    assertThat(alice.get("/users/me").header("ETag")).isEqualTo(first.header("ETag"));
    assertTag(admin.send("PATCH", path, "{\"quota\":{\"files\":6}}"));
  }

  @Test
  void onlyOneOfManyAtOnceWins() throws Exception {
    String path = "/jobs/" + job();
    String tag = admin.get(path).header("ETag");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          IntStream.range(0, 16)
              .mapToObj(
                  i ->
                      (Callable<Integer>)
                          () ->
                              ifMatch(admin, tag)
                                  .send("PATCH", path, "{\"note\":\"" + i + "\"}")
                                  .status())
              .toList();
      int won = 0;
      for (Future<Integer> each : threads.invokeAll(tasks)) {
        won += each.get() == 200 ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }
}
