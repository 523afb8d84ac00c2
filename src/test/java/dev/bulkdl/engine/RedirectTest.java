package dev.bulkdl.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.Result;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.SeenRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirects are followed, learned once, and never carry secrets to another origin. */
class RedirectTest extends EngineFixture {
  private static final String SECRET = "s3cret";

  /** The file {@code a}, by way of {@code /r}. */
  private Download redirected() {
    return at(a(), server.uri("/r"));
  }

  static Stream<Arguments> statuses() {
    return IntStream.of(301, 302, 303, 307, 308)
        .boxed()
        .flatMap(status -> Stream.of(Shape.values()).map(shape -> arguments(status, shape)));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aRedirectIsLearnedOnceAndRangesAreKept(int status, Shape shape) {
    server.always("/r", new Fault.Redirect(status, "/a"));
    if (shape.resumed) {
      server.with("/a", new Fault.CutAfter(500 * KIB));
      retries(0);
      assertThat(failed(download(redirected()))).isInstanceOf(Failure.Truncated.class);
      retries(3);
    }
    segments(shape.segments);
    forgetRequests();
    Outcome.Completed outcome = completed(download(redirected()), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().resumed() > 0).isEqualTo(shape.resumed);
    assertThat(asked("/r")).hasSize(1);
    SeenRequest hop = asked("/r").getFirst();
    SeenRequest target = asked("/a").getFirst();
    assertThat(target.range()).isEqualTo(hop.range());
    assertThat(target.header("If-Range")).isEqualTo(hop.header("If-Range"));
    assertEveryRestWasConditional(server.etag("/a"));
  }

  @Test
  void tenRedirectsAreFollowed() {
    for (int i = 1; i < 10; i++) {
      server.always("/r" + i, new Fault.Redirect(302, "/r" + (i + 1)));
    }
    server.always("/r10", new Fault.Redirect(302, "/a"));
    completed(download(at(a(), server.uri("/r1"))), PAYLOAD, Proof.ETAG);
  }

  @Test
  void elevenRedirectsAreAnErrorThatShowsTheChain() {
    server.always("/r", new Fault.Redirect(302, "/r?n={n}&token=" + SECRET));
    Failure failure = failed(download(redirected()));
    assertThat(failure).isInstanceOf(Failure.Http.class);
    assertThat(failure.text()).contains("/r -> ").contains("n=3").doesNotContain(SECRET);
    assertThat(asked()).hasSize(11);
  }

  @Test
  void aLoopIsAnErrorThatShowsTheChain() {
    server.always("/r", new Fault.Redirect(301, "/x"));
    server.always("/x", new Fault.Redirect(301, "/r"));
    Failure failure = failed(download(redirected()));
    assertThat(failure.text()).contains("/r -> ").contains("/x");
    assertThat(asked()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/a",
        "file:///etc/hostname",
        "http:///a",
        "javascript:1",
        "http://["
      })
  void aTargetThatIsNotFetchedIsRefused(String target) {
    server.always("/r", new Fault.Redirect(302, target));
    assertThat(failed(download(redirected()))).isInstanceOf(Failure.Http.class);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void aRedirectWithoutLocationIsRefused() {
    server.always("/r", new Fault.Status(302));
    assertThat(failed(download(redirected()))).isInstanceOf(Failure.Http.class);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void fromHttpsToHttpIsRefused() {
    trust();
    try (FaultServer secure = FaultServer.https()) {
      secure.always("/r", new Fault.Redirect(302, server.uri("/a").toString()));
      Failure failure = failed(download(at(a(), secure.uri("/r"))));
      assertThat(failure).isInstanceOf(Failure.Http.class);
      assertThat(failure.text()).contains("https to http");
      assertThat(asked()).isEmpty();
    }
  }

  @Test
  void fromHttpToHttpsIsFollowed() {
    trust();
    try (FaultServer secure = FaultServer.https().serve("/a", PAYLOAD)) {
      server.always("/r", new Fault.Redirect(302, secure.uri("/a").toString()));
      completed(download(redirected()), PAYLOAD, Proof.ETAG);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_FRESH", "FOUR_FRESH"})
  void secretsStayWithTheirOrigin(Shape shape) {
    segments(shape.segments);
    headers(
        List.of(
            Map.entry("Authorization", SECRET),
            Map.entry("Cookie", "k=" + SECRET),
            Map.entry("X-Key", SECRET)));
    try (FaultServer other = FaultServer.http().serve("/a", PAYLOAD)) {
      server.always("/r", new Fault.Redirect(302, other.uri("/a").toString()));
      completed(download(redirected()), PAYLOAD, Proof.ETAG);
      assertThat(server.requests())
          .allMatch(r -> r.header("X-Key").equals(Optional.of(SECRET)))
          .allMatch(r -> r.header("Cookie").equals(Optional.of("k=" + SECRET)))
          .allMatch(r -> r.header("Authorization").equals(Optional.of(SECRET)));
      assertThat(other.requests()).isNotEmpty();
      assertThat(other.requests().toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void secretsComeBackWithTheirOwnOrigin() {
    headers(List.of(Map.entry("X-Key", SECRET)));
    try (FaultServer other = FaultServer.http()) {
      server.always("/r", new Fault.Redirect(302, other.uri("/x").toString()));
      other.always("/x", new Fault.Redirect(302, server.uri("/a").toString()));
      completed(download(redirected()), PAYLOAD, Proof.ETAG);
      assertThat(asked("/a")).allMatch(r -> r.header("X-Key").equals(Optional.of(SECRET)));
      assertThat(other.requests().toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void credentialsOfTheUrlAreUsedAndNowhereToBeRead() throws IOException {
    URI plain = server.uri("/a");
    URI secret = URI.create(plain.toString().replace("://", "://user:" + SECRET + "@"));
    Download file = at(a(), secret);
    retries(0);
    server.with("/a", new Fault.CutAfter(500 * KIB));
    Result result = run(List.of(file));
    assertThat(failed(result.files().getFirst().outcome()).text()).doesNotContain(SECRET);
    assertThat(asked().getFirst().header("Authorization"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
    assertThat(report().toString()).doesNotContain(SECRET);
    try (Stream<Path> all = Files.walk(out)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(path), ISO_8859_1)).doesNotContain(SECRET);
      }
    }
    completed(download(file), PAYLOAD, Proof.ETAG);
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"ONE_FRESH", "FOUR_FRESH"})
  void aTargetThatExpiresInMidFileIsResolvedAgain(Shape shape) {
    segments(shape.segments);
    AtomicReference<String> expired = new AtomicReference<>("none");
    server.serve("/t", PAYLOAD).always("/r", new Fault.Redirect(302, "/t?sig={n}"));
    server.always("/t", r -> r.query().equals(expired.get()), new Fault.Status(403));
    Gate gate = new Gate();
    Fault cut = Fault.all(new Fault.Stall(64 * KIB, gate), new Fault.CutAfter(64 * KIB));
    server.with("/t", cut, shape.isSplit() ? cut : Fault.NONE);
    Result result =
        steered(
            List.of(redirected()),
            run -> {
              gate.awaitArrivals(shape.isSplit() ? 2 : 1);
              expired.set("sig=1");
              gate.open();
            });
    completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
    assertThat(asked("/r")).hasSize(2);
    assertThat(asked("/t").getLast().query()).isNotEqualTo("sig=1");
  }

  @Test
  void aTargetThatIsForbiddenFromTheStartFails() {
    server.always("/r", new Fault.Redirect(302, "/t")).always("/t", new Fault.Status(403));
    assertThat(failed(download(redirected()))).isInstanceOf(Failure.Http.class);
    assertThat(asked()).hasSizeLessThanOrEqualTo(4);
  }
}
