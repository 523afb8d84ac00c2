package dev.bulkdl.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.content.BodyChannel;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.control.Permits;
import dev.bulkdl.model.Failure;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server sends on its first connection, and whether the next request still uses it. The
 * client has a limit of one connection to a server.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReusableConnectionTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String FIRST = OK + "Content-Length: 5\r\n\r\nfirst";
  private static final String EVIL = OK + "Content-Length: 4\r\n\r\nEVIL";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String CHUNKS = "\r\n5\r\nfirst\r\n0\r\n\r\n";
  private static final Step READ = new Step.Read();
  private static final Step HOLD = new Step.Hold();

  private final HeldUp connecting = new HeldUp();
  private JettyClient client;
  private Fetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    client =
        new JettyClient(
            HttpSettings.DEFAULTS,
            Timeouts.DEFAULTS.connect(),
            JettyClient.Allowed.by(new Permits(Limits.FIXED.withMaxPerHost(1))),
            "test");
    fetcher = client.forRun(Timeouts.DEFAULTS, took -> connecting.pass());
  }

  @AfterEach
  void stop() {
    connecting.free();
    client.close();
  }

  private static Step say(String text) {
    return new Step.Say(text);
  }

  /** Answers the second request too, which is correct. */
  private static Wire kept(String first) {
    return Wire.of(READ, say(first), READ, say(content("second")), HOLD);
  }

  private static Wire second() {
    return Wire.of(READ, say(content("second")), HOLD);
  }

  private static String content(String text) {
    return OK + "Content-Length: " + text.length() + "\r\n\r\n" + text;
  }

  private FetchResponse ask(RawServer server) {
    FetchRequest get =
        new FetchRequest(server.uri("/"), Optional.empty(), Optional.empty(), List.of());
    return fetcher.get(get, new Cancellation());
  }

  private String content(RawServer server) throws IOException {
    FetchResponse answer = ask(server);
    assertThat(answer).isInstanceOf(FetchResponse.Whole.class);
    StringBuilder all = new StringBuilder();
    try (BodyChannel body = ((FetchResponse.Whole) answer).body()) {
      for (ByteBuffer lent = body.lend(); lent.hasRemaining(); lent = body.lend()) {
        all.append(US_ASCII.decode(lent));
      }
    }
    return all.toString();
  }

  static Stream<String> exactAnswers() {
    return Stream.of(
        FIRST,
        OK + CHUNKED + CHUNKS,
        OK + CHUNKED + "\r\n5\r\nfirst\r\n0\r\nX-Trailer: 1\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n" + FIRST,
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nfirst");
  }

  @ParameterizedTest
  @MethodSource
  void exactAnswers(String first) throws IOException {
    try (RawServer server = new RawServer(kept(first))) {
      assertThat(content(server)).isEqualTo("first");
      assertThat(content(server)).isEqualTo("second");
      assertThat(server.traffic().connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 3\r\n\r\nbad",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nbad",
        "HTTP/1.1 302 Found\r\nLocation: /x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void responsesWithoutContentKeepTheConnection(String first) throws IOException {
    try (RawServer server = new RawServer(kept(first))) {
      assertThat(ask(server)).isNotInstanceOf(FetchResponse.Whole.class);
      assertThat(content(server)).isEqualTo("second");
      assertThat(server.traffic().connections()).isEqualTo(1);
    }
  }

  static Stream<Arguments> surplus() {
    return Stream.of(
            FIRST,
            OK + CHUNKED + CHUNKS,
            OK + "Content-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\n\r\n",
            "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 3\r\n\r\nbad",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nbad",
            "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 3\r\n\r\nbad")
        .flatMap(
            first ->
                Stream.of(EVIL, "\r\n", "\r\n" + EVIL, "x", "EVIL nonsense\r\n\r\n")
                    .map(more -> Arguments.of(first, more)));
  }

  /** The surplus is in the same write. */
  @ParameterizedTest
  @MethodSource("surplus")
  void surplusInTheSameWriteClosesTheConnection(String first, String more) throws IOException {
    try (RawServer server = new RawServer(kept(first + more), second())) {
      ask(server).close();
      assertThat(content(server)).isEqualTo("second");
      assertThat(server.traffic().connections()).isEqualTo(2);
    }
  }

  /** The surplus arrives later, while the connection is idle. The client closes it by itself. */
  @ParameterizedTest
  @MethodSource("surplus")
  void laterSurplusClosesTheConnection(String first, String more) throws IOException {
    Gate gate = new Gate();
    Wire later = Wire.of(READ, say(first), new Step.Await(gate), say(more), HOLD);
    try (RawServer server = new RawServer(later, second())) {
      ask(server).close();
      gate.open();
      server.traffic().awaitNoConnections();
      assertThat(content(server)).isEqualTo("second");
    }
  }

  /** The selector's thread is blocked, so that the sending thread must see the bytes. */
  @Test
  void theSendingThreadSeesEarlierBytes() throws IOException {
    Gate gate = new Gate();
    Gate said = new Gate();
    Gate next = new Gate();
    Step atNext = new Step.Await(next);
    Wire early =
        Wire.of(
            READ, say(FIRST), new Step.Await(gate), say(EVIL), new Step.Await(said), READ, atNext);
    Wire second = Wire.of(atNext, READ, say(content("second")), HOLD);
    try (RawServer server = new RawServer(early, second);
        RawServer other = new RawServer(second())) {
      ask(server).close();
      connecting.hold();
      Thread.ofVirtual().start(() -> ask(other).close());
      connecting.awaitHeld();
      gate.open();
      said.awaitArrivals(1);
      said.open();
      CompletableFuture<String> content = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> complete(content, server));
      next.awaitArrivals(1); // a second request over the first connection, or a second connection
      connecting.free();
      next.open();
      assertThat(content.join()).isEqualTo("second");
    }
  }

  /** Earlier bytes are not kept for the next response, not even the beginning of one. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\n", OK, OK + "X-More: ", OK + "Content-Length: 9\r\n\r\nEVIL"})
  void theNextResponseDoesNotStartWithEarlierBytes(String more) throws IOException {
    Gate gate = new Gate();
    Gate said = new Gate();
    Wire early =
        Wire.of(
            READ,
            say(FIRST),
            new Step.Await(gate),
            say(more),
            new Step.Await(said),
            READ,
            say(content("wrong")),
            HOLD);
    try (RawServer server = new RawServer(early, second())) {
      ask(server).close();
      gate.open();
      said.awaitArrivals(1);
      said.open();
      assertThat(content(server)).isEqualTo("second");
    }
  }

  private void complete(CompletableFuture<String> content, RawServer server) {
    try {
      content.complete(content(server));
    } catch (IOException e) {
      content.completeExceptionally(e);
    }
  }

  /** Blocks the thread on which connections are opened, which is the selector's. */
  private static final class HeldUp {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch freed = new CountDownLatch(1);
    private volatile boolean holds;

    void hold() {
      holds = true;
    }

    void awaitHeld() {
      await(held);
    }

    void free() {
      holds = false;
      freed.countDown();
    }

    void pass() {
      if (holds) {
        held.countDown();
        await(freed);
      }
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A response that is larger than a buffer of the client is read by another of its threads. */
  @Test
  void surplusBehindALargeResponseClosesTheConnection() throws IOException {
    String large = "x".repeat(3 << 20);
    try (RawServer server = new RawServer(kept(content(large) + EVIL), second())) {
      assertThat(content(server)).isEqualTo(large);
      assertThat(content(server)).isEqualTo("second");
      assertThat(server.traffic().connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Content-Length: 5\r\n" + CHUNKED + CHUNKS,
        OK + CHUNKED + "Content-Length: 99\r\n" + CHUNKS,
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + CHUNKED + CHUNKS
      })
  void theEncodingWinsOverALengthAndClosesTheConnection(String first) throws IOException {
    try (RawServer server = new RawServer(kept(first), second())) {
      assertThat(content(server)).isEqualTo("first");
      assertThat(content(server)).isEqualTo("second");
      assertThat(server.traffic().connections()).isEqualTo(2);
    }
  }

  /** Bytes behind the request are read as its response, and are not one. */
  @ParameterizedTest
  @ValueSource(strings = {"EVIL nonsense\r\n\r\n", "x", OK + "nonsense\r\n\r\n"})
  void brokenHttpOnAUsedConnectionIsNotAResponse(String more) {
    Wire broken = Wire.of(READ, say(FIRST), READ, say(more + content("second")), HOLD);
    try (RawServer server = new RawServer(broken)) {
      ask(server).close();
      assertThat(ask(server))
          .isInstanceOfSatisfying(
              FetchResponse.Failed.class, failed -> assertThat(failed.stale()).isTrue());
    }
  }

  /** It can be surplus that arrived late, and the bytes behind it the response. */
  @Test
  void aResponseWithSurplusOnAUsedConnectionIsRequestedAgain() {
    Wire late = Wire.of(READ, say(FIRST), READ, say(EVIL + content("second")), HOLD);
    try (RawServer server = new RawServer(late)) {
      ask(server).close();
      assertThat(ask(server))
          .isInstanceOfSatisfying(
              FetchResponse.Failed.class, failed -> assertThat(failed.stale()).isTrue());
    }
  }

  @Test
  void brokenHttpOnANewConnectionIsTheServersResponse() {
    try (RawServer server = new RawServer(Wire.garbage())) {
      assertThat(ask(server))
          .isInstanceOfSatisfying(
              FetchResponse.Failed.class,
              failed -> {
                assertThat(failed.stale()).isFalse();
                assertThat(failed.failure()).isInstanceOf(Failure.Http.class);
              });
    }
  }

  @Test
  void aRequestForANewConnectionUsesNoOldOne() throws IOException {
    try (RawServer server = new RawServer(kept(FIRST), second())) {
      ask(server).close();
      FetchRequest get =
          new FetchRequest(server.uri("/"), Optional.empty(), Optional.empty(), List.of());
      FetchResponse answer = fetcher.get(get.onNewConnection(), new Cancellation());
      assertThat(answer).isInstanceOf(FetchResponse.Whole.class);
      answer.close();
      assertThat(server.requests()).extracting(r -> r.connection()).containsExactly(1, 2);
    }
  }

  /** An origin that has sent surplus once gets a new connection for each request. */
  @Test
  void afterSurplusNoConnectionToThatOriginIsUsedAgain() throws IOException {
    try (RawServer server = new RawServer(kept(FIRST + "x"), kept(FIRST), second())) {
      ask(server).close();
      ask(server).close();
      assertThat(content(server)).isEqualTo("second");
      assertThat(server.traffic().connections()).isEqualTo(3);
    }
  }
}
