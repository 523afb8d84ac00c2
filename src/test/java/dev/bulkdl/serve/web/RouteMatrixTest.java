package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.job.AddResult;
import dev.bulkdl.serve.job.ManifestUpload;
import dev.bulkdl.serve.job.NewJob;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.web.TestClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S-3 and S-4: what each route answers to nobody, to another user, and to each role. A route that
 * the table of expectations does not name fails the test, and so does one that no longer exists.
 */
class RouteMatrixTest {

  /** Who may: open, signed (anybody signed in), write, oversee or admin; job: of its owner only. */
  private static final String EXPECTED =
      """
      GET /health                            open
      POST /setup                            open
      POST /session                          open
      GET /session                           signed
      DELETE /session                        signed
      GET /sessions                          signed
      DELETE /sessions                       signed
      DELETE /sessions/{id}                  signed
      GET /users                             oversee
      POST /users                            admin
      GET /users/me                          signed
      PATCH /users/{id}                      admin
      DELETE /users/{id}                     admin
      POST /users/{id}/password              signed
      GET /tokens                            signed
      POST /tokens                           signed
      DELETE /tokens/{id}                    signed
      GET /audit                             oversee
      GET /jobs                              signed
      POST /jobs                             write
      POST /jobs:check                       write
      GET /jobs/{id}                         signed job
      PATCH /jobs/{id}                       write job
      DELETE /jobs/{id}                      write job
      POST /jobs/{id}/move                   write job
      POST /jobs/{id}/start                  write job
      POST /jobs/{id}/pause                  write job
      POST /jobs/{id}/resume                 write job
      POST /jobs/{id}/cancel                 write job
      POST /jobs/{id}/retry                  write job
      GET /jobs/{id}/files                   signed job
      POST /jobs/{id}/files                  write job
      POST /jobs/{id}/files:batch            write job
      GET /jobs/{id}/files/{row}             signed job
      GET /jobs/{id}/files/{row}/content     signed job
      GET /jobs/{id}/connections             signed job
      GET /jobs/{id}/hosts                   signed job
      POST /jobs/{id}/hosts/{host}/pause     write job
      POST /jobs/{id}/hosts/{host}/resume    write job
      GET /jobs/{id}/failures                signed job
      GET /jobs/{id}/log                     signed job
      GET /jobs/{id}/results.csv             signed job
      GET /jobs/{id}/failed.csv              signed job
      GET /jobs/{id}/report.html             signed job
      GET /jobs/{id}/report.json             signed job
      GET /jobs/{id}/manifest                signed job
      GET /overview                          signed
      GET /limits                            signed
      PUT /limits                            admin
      GET /timetable                         signed
      PUT /timetable                         admin
      POST /timetable:check                  signed
      GET /settings                          oversee
      GET /metrics                           oversee
      GET /events                            signed
      GET /openapi.json                      signed
      """;

  @TempDir private Path folder;
  private TestSite site;

  @BeforeEach
  void open() throws IOException {
    site = TestSite.open(folder);
  }

  @AfterEach
  void close() {
    site.close();
    assertThat(site.bugs()).isEmpty();
  }

  private static Map<String, Set<String>> expected() {
    Map<String, Set<String>> all = new HashMap<>();
    EXPECTED
        .lines()
        .forEach(
            line -> {
              String[] words = line.strip().split(" +");
              all.put(
                  words[0] + " " + words[1],
                  Set.of(words).stream()
                      .collect(
                          HashSet::new,
                          (set, word) -> {
                            if (!word.startsWith("/")) {
                              set.add(word);
                            }
                          },
                          HashSet::addAll));
            });
    return all;
  }

  private static String name(Route route) {
    return route.method() + " " + route.path();
  }

  private String jobOf(User owner) {
    NewJob order =
        new NewJob(
            owner.id(),
            "list",
            "",
            "",
            0,
            dev.bulkdl.serve.job.JobLimits.NONE,
            dev.bulkdl.serve.job.JobSchedule.NONE,
            true);
    AddResult added =
        site.jobs().add(order, ManifestUpload.urls("list", List.of("http://localhost:9/a")));
    return ((AddResult.Added) added).job().id();
  }

  @Test
  void s3EachRouteAnswersEachRoleAsTheTableSays() {
    assertThat(site.routes().routes().stream().map(RouteMatrixTest::name).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expected().keySet());
    site.add("root", Role.ADMIN);
    User owner = site.add("owner", Role.WRITE);
    site.add("reader", Role.READ);
    site.add("other", Role.WRITE);
    List<String> wrong = new ArrayList<>();
    for (Route route : site.routes().routes()) {
      Set<String> rule = expected().get(name(route));
      check(
          route,
          "nobody",
          rule.contains("open") ? Answered.YES : Answered.NOT_SIGNED_IN,
          owner,
          wrong);
      check(route, "reader", reader(rule), owner, wrong);
      check(route, "other", other(rule), owner, wrong);
      check(route, "owner", owner(rule), owner, wrong);
      check(route, "root", Answered.YES, owner, wrong);
    }
    assertThat(wrong).isEmpty();
  }

  private enum Answered {
    YES,
    NOT_SIGNED_IN,
    NOT_ALLOWED,
    NOT_FOUND
  }

  private static boolean needsMore(Set<String> rule) {
    return rule.contains("oversee") || rule.contains("admin");
  }

  private static Answered reader(Set<String> rule) {
    if (needsMore(rule) || rule.contains("write")) {
      return Answered.NOT_ALLOWED;
    }
    return rule.contains("job") ? Answered.NOT_FOUND : Answered.YES;
  }

  private static Answered other(Set<String> rule) {
    if (needsMore(rule)) {
      return Answered.NOT_ALLOWED;
    }
    return rule.contains("job") ? Answered.NOT_FOUND : Answered.YES;
  }

  private static Answered owner(Set<String> rule) {
    return needsMore(rule) ? Answered.NOT_ALLOWED : Answered.YES;
  }

  private void check(Route route, String who, Answered wanted, User owner, List<String> wrong) {
    TestClient client = who.equals("nobody") ? site.nobody() : site.signedIn(who);
    String job = route.isOfJob() ? jobOf(owner) : "none";
    String path =
        route.path().replace("{id}", job).replace("{row}", "1").replace("{host}", "localhost");
    boolean waits = path.equals("/events");
    boolean hasBody = route.shape().body() != Route.Body.NONE;
    Reply reply =
        client.send(route.method(), path + (waits ? "?wait=0" : ""), hasBody ? "{}" : null);
    Answered got =
        switch (reply.status()) {
          case 401 -> Answered.NOT_SIGNED_IN;
          case 403 -> Answered.NOT_ALLOWED;
          case 404 -> isUnknown(reply) && route.isOfJob() ? Answered.NOT_FOUND : Answered.YES;
          default -> Answered.YES;
        };
    if (got != wanted || reply.status() >= 500) {
      wrong.add(name(route) + " as " + who + ": " + reply.status() + " is not " + wanted);
    }
    if (!reply.header("Access-Control-Allow-Origin").isEmpty()) {
      wrong.add(name(route) + " has a header of CORS");
    }
    if (!reply.header("Content-Security-Policy").contains("default-src 'none'")
        || !reply.header("Cache-Control").equals("no-store")
        || !reply.header("X-Content-Type-Options").equals("nosniff")) {
      wrong.add(name(route) + " as " + who + " lacks security headers");
    }
  }

  private static boolean isUnknown(Reply reply) {
    return reply.text("detail").startsWith("there is nothing at this address");
  }

  @Test
  void s4NoIdOfAnotherUserIsAnswered() {
    User alice = site.add("alice", Role.WRITE);
    User bob = site.add("bob", Role.WRITE);
    String jobOfAlice = jobOf(alice);
    String jobOfBob = jobOf(bob);
    TestClient client = site.signedIn("bob");
    assertThat(client.get("/jobs").json().at("/total").asInt()).isEqualTo(1);
    assertThat(client.get("/jobs?owner=" + alice.id()).json().at("/total").asInt()).isEqualTo(1);
    assertThat(client.get("/overview").json().at("/jobs/paused").asInt()).isEqualTo(1);
    assertThat(client.get("/events?wait=0&topics=job:" + jobOfAlice).status()).isEqualTo(404);
    assertThat(client.get("/events?wait=0&topics=files:" + jobOfAlice + ":0-10").status())
        .isEqualTo(404);
    Reply moved = client.post("/jobs/" + jobOfBob + "/move", "{\"before\":\"" + jobOfAlice + "\"}");
    assertThat(moved.status()).isEqualTo(422);
    Reply events = client.get("/events?wait=0&topics=jobs");
    assertThat(events.body()).contains(jobOfBob).doesNotContain(jobOfAlice);
    Reply password =
        client.post("/users/" + alice.id() + "/password", "{\"password\":\"another one\"}");
    assertThat(password.status()).isEqualTo(404);
    TestClient root = admin();
    assertThat(root.get("/jobs").json().at("/total").asInt()).isEqualTo(2);
    assertThat(root.get("/jobs?owner=" + bob.id()).json().at("/total").asInt()).isEqualTo(1);
  }

  private TestClient admin() {
    site.add("root", Role.ADMIN);
    return site.signedIn("root");
  }
}
