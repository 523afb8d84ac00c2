package dev.bulkdl.serve.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.serve.job.AddResult;
import dev.bulkdl.serve.job.JobAction;
import dev.bulkdl.serve.job.JobLimits;
import dev.bulkdl.serve.job.JobSchedule;
import dev.bulkdl.serve.job.ManifestUpload;
import dev.bulkdl.serve.job.NewJob;
import dev.bulkdl.serve.user.Role;
import dev.bulkdl.serve.user.User;
import dev.bulkdl.serve.user.Users;
import dev.bulkdl.serve.web.TestClient.Reply;
import dev.bulkdl.testkit.Background;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The three ways of live updates, over real sockets. */
class EventsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int BOUND = 20;

  @TempDir private Path folder;
  private TestSite site;
  private User alice;

  @BeforeEach
  void open() throws IOException {
    site = TestSite.open(folder);
    alice = site.add("alice", Role.WRITE);
  }

  @AfterEach
  void close() {
    site.close();
    assertThat(site.bugs()).isEmpty();
  }

  private String heldJob(String name) {
    NewJob order =
        new NewJob(alice.id(), name, "", name, 0, JobLimits.NONE, JobSchedule.NONE, true);
    AddResult added =
        site.jobs().add(order, ManifestUpload.urls("list", List.of("http://localhost:9/" + name)));
    return ((AddResult.Added) added).job().id();
  }

  /** A client of a WebSocket that keeps the frames it gets. */
  private static final class Listening implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        MAPPER.readTree(part.toString()).forEach(frames::add);
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ends.add(status + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ends.add(error.toString());
    }

    /** Returns the next frame about a topic that this kind of. */
    JsonNode next(String topic, String kind) throws InterruptedException {
      while (true) {
        JsonNode frame = frames.poll(BOUND, TimeUnit.SECONDS);
        assertThat(frame).describedAs("no " + kind + " of " + topic).isNotNull();
        if (topic.equals(frame.path("topic").asString(""))
            && kind.equals(frame.path("kind").asString(""))) {
          return frame;
        }
      }
    }

    String end() throws InterruptedException {
      String end = ends.poll(BOUND, TimeUnit.SECONDS);
      assertThat(end).describedAs("the stream goes on").isNotNull();
      return end;
    }
  }

  private WebSocket socket(TestClient client, Listening listening) {
    URI uri = URI.create("ws://127.0.0.1:" + site.port() + "/api/v1/events");
    return client
        .http()
        .newWebSocketBuilder()
        .header("Cookie", client.header("Cookie"))
        .header("Origin", "http://127.0.0.1:" + site.port())
        .buildAsync(uri, listening)
        .orTimeout(BOUND, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void aWebSocketGetsTheWholeFirstAndThenWhatChanges() throws Exception {
    String job = heldJob("one");
    Listening listening = new Listening();
    WebSocket socket = socket(site.signedIn("alice"), listening);
    socket
        .sendText("{\"topics\":[\"jobs\",\"job:" + job + "\",\"files:" + job + ":0-10\"]}", true)
        .join();
    JsonNode whole = listening.next("jobs", "snapshot");
    assertThat(whole.at("/data/items/0/id").stringValue()).isEqualTo(job);
    assertThat(listening.next("job:" + job, "snapshot").at("/data/state").stringValue())
        .isEqualTo("paused");
    assertThat(listening.next("files:" + job + ":0-10", "snapshot").at("/data/items/0/row").asInt())
        .isEqualTo(1);
    site.jobs().act(job, JobAction.CANCEL);
    JsonNode patch = listening.next("jobs", "patch");
    assertThat(patch.at("/data/items/0/state").stringValue()).isEqualTo("cancelled");
    assertThat(patch.at("/data/items/0/id").stringValue()).isEqualTo(job);
    assertThat(patch.at("/data/items/0").has("name")).as("it has not changed").isFalse();
    long seq = patch.path("seq").asLong();
    JsonNode next = listening.next("job:" + job, "patch");
    assertThat(next.path("seq").asLong()).isEqualTo(seq + 1);
    assertThat(next.path("epoch")).isEqualTo(patch.path("epoch"));
    site.jobs().delete(job, dev.bulkdl.serve.job.Deletion.KEEP);
    assertThat(listening.next("jobs", "patch").at("/data/removed/0").stringValue()).isEqualTo(job);
    socket.abort();
  }

  @Test
  void s4AWebSocketGetsNothingOfOthers() throws Exception {
    site.add("bob", Role.WRITE);
    Listening bob = new Listening();
    WebSocket socket = socket(site.signedIn("bob"), bob);
    socket.sendText("{\"topics\":[\"jobs\"]}", true).join();
    bob.next("jobs", "snapshot");
    String job = heldJob("secret");
    site.jobs().act(job, JobAction.CANCEL);
    socket.sendText("{\"topics\":[\"overview\"]}", true).join();
    JsonNode overview = bob.next("overview", "snapshot");
    assertThat(overview.at("/data/jobs/cancelled").asInt()).isZero();
    assertThat(bob.frames).noneMatch(frame -> frame.toString().contains(job));
    socket.sendText("{\"topics\":[\"job:" + job + "\"]}", true).join();
    assertThat(bob.end()).startsWith("1008 ");
  }

  @Test
  void s5AStreamEndsWithTheSignIn() throws Exception {
    site.add("root", Role.ADMIN);
    Listening listening = new Listening();
    socket(site.signedIn("alice"), listening).sendText("{\"topics\":[\"jobs\"]}", true).join();
    listening.next("jobs", "snapshot");
    TestClient root = site.signedIn("root");
    assertThat(root.send("PATCH", "/users/" + alice.id(), "{\"disabled\":true}").status())
        .isEqualTo(200);
    assertThat(listening.end()).contains("sign-in has ended");
  }

  @Test
  void s5AStreamEndsAlsoIfTheAccountIsDisabledOnTheFolder() throws Exception {
    Listening listening = new Listening();
    socket(site.signedIn("alice"), listening).sendText("{\"topics\":[\"jobs\"]}", true).join();
    listening.next("jobs", "snapshot");
    site.accounts()
        .users()
        .change(
            alice.id(), new Users.Change(Optional.empty(), Optional.empty(), Optional.of(true)));
    assertThat(listening.end()).contains("sign-in has ended");
  }

  @Test
  void serverSentEventsResumeWhereTheyWere() throws Exception {
    String job = heldJob("one");
    TestClient client = site.signedIn("alice");
    List<JsonNode> first = events(client, "job:" + job, "", 2);
    String id = position(first.getLast());
    assertThat(first.getLast().path("kind").stringValue()).isEqualTo("snapshot");
    site.jobs().act(job, JobAction.CANCEL);
    List<JsonNode> second = events(client, "job:" + job, id, 2);
    JsonNode patch = second.getLast();
    assertThat(patch.path("kind").stringValue()).isIn("patch", "snapshot");
    assertThat(patch.at("/data/state").stringValue()).isEqualTo("cancelled");
    List<JsonNode> lost = events(client, "job:" + job, "otherepoch.7", 3);
    assertThat(lost.get(1).path("kind").stringValue()).isEqualTo("reset");
    assertThat(lost.get(2).path("kind").stringValue()).isEqualTo("snapshot");
  }

  private static String position(JsonNode frame) {
    return frame.path("epoch").stringValue() + "." + frame.path("seq").asLong();
  }

  private List<JsonNode> events(TestClient client, String topics, String after, int count)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.page() + "api/v1/events?topics=" + topics))
            .header("Accept", "text/event-stream")
            .header("Cookie", client.header("Cookie"));
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    var answer = client.http().send(request.build(), BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
    List<JsonNode> frames = new ArrayList<>();
    try (InputStream body = answer.body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      while (frames.size() < count) {
        String line = lines.readLine();
        if (line.startsWith("data: ")) {
          frames.add(MAPPER.readTree(line.substring("data: ".length())));
        }
      }
    }
    return frames;
  }

  @Test
  void aLongPollWaitsForTheNextChange() throws Exception {
    String job = heldJob("one");
    TestClient client = site.signedIn("alice");
    Reply first = client.get("/events?topics=job:" + job + "&after=0.0&wait=5");
    assertThat(first.json().at("/frames/0/kind").stringValue()).isEqualTo("snapshot");
    String next = first.text("next");
    Reply nothing = client.get("/events?topics=job:" + job + "&after=" + next + "&wait=0");
    assertThat(nothing.json().path("frames").size()).isZero();
    var waiting =
        Background.start(
            () -> client.get("/events?topics=job:" + job + "&after=" + next + "&wait=20"));
    site.jobs().act(job, JobAction.CANCEL);
    Reply changed = waiting.get(BOUND, TimeUnit.SECONDS);
    assertThat(changed.json().at("/frames/0/data/state").stringValue()).isEqualTo("cancelled");
  }

  @Test
  void s31AUserHasABoundedNumberOfStreams() throws Exception {
    TestClient client = site.signedIn("alice");
    List<WebSocket> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      open.add(socket(client, new Listening()));
    }
    HttpRequest ninth =
        HttpRequest.newBuilder(URI.create(site.page() + "api/v1/events"))
            .header("Accept", "text/event-stream")
            .header("Cookie", client.header("Cookie"))
            .build();
    assertThat(client.http().send(ninth, BodyHandlers.ofString()).statusCode()).isEqualTo(429);
    open.forEach(WebSocket::abort);
    Reply again = client.get("/events?wait=0");
    assertThat(again.status()).isEqualTo(200);
  }

  /** The outbox of a client whose writes never end is bounded, and the client is dropped. */
  @Test
  void s32AClientThatDoesNotReadIsDroppedAfterABoundedNumberOfBytes() {
    List<String> ends = new ArrayList<>();
    Outbox outbox =
        new Outbox(
            new Outbox.Line() {
              @Override
              public void write(List<byte[]> frames, org.eclipse.jetty.util.Callback callback) {
                // never ends
              }

              @Override
              public void end(String why) {
                ends.add(why);
              }
            },
            Runnable::run);
    byte[] frame = new byte[64 << 10];
    for (int i = 0; i < 16; i++) {
      outbox.add(frame);
      outbox.flush();
    }
    assertThat(outbox.isClosed()).isFalse();
    outbox.add(frame);
    outbox.add(frame);
    assertThat(outbox.isClosed()).isTrue();
    assertThat(ends).containsExactly("the client reads too slowly");
  }

  @Test
  void s14ALargeOrWrongMessageEndsTheStream() throws Exception {
    Listening wrong = new Listening();
    socket(site.signedIn("alice"), wrong).sendText("{\"topic\":[]}", true).join();
    assertThat(wrong.end()).startsWith("1008 ");
    Listening large = new Listening();
    socket(site.signedIn("alice"), large).sendText("x".repeat(70_000), true).join();
    assertThat(large.end()).startsWith("1009 ");
  }

  @Test
  void s2NoTokenIsTakenFromAUrl() {
    String token = site.signedIn("alice").post("/tokens", "{\"name\":\"t\"}").text("token");
    assertThat(site.nobody().get("/events?wait=0&token=" + token).status()).isEqualTo(401);
    assertThat(site.nobody().get("/jobs?access_token=" + token).status()).isEqualTo(401);
  }
}
