package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.Timeouts;
import dev.bulkdl.testkit.Certificate;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.RawServer;
import dev.bulkdl.testkit.Step;
import dev.bulkdl.testkit.UnreachablePort;
import dev.bulkdl.testkit.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that cannot be opened, are not to be trusted, or are gone when they are needed. */
class ConnectionTest extends EngineFixture {

  private static final Step SMALL =
      new Step.Say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nsmall");

  static Stream<Wire> staleConnections() {
    return Stream.of(Wire.closesOnSecond(PAYLOAD), Wire.resetsOnSecond(PAYLOAD));
  }

  /** Case 29: a kept connection that is closed as we send on it costs nothing. */
  @ParameterizedTest
  @MethodSource
  void staleConnections(Wire stale) {
    retries(0);
    settings = settings.with(settings.limits().withMaxFiles(1));
    try (RawServer raw = new RawServer(stale, Wire.good(PAYLOAD))) {
      Result result =
          run(List.of(Download.of("a", raw.uri("/a")), Download.of("b", raw.uri("/b"))));
      assertThat(report().exitCode()).isZero();
      assertThat(result.files()).allMatch(file -> file.outcome().effort().attempts() == 1);
      assertThat(watch.seen(TransferEvent.Retrying.class))
          .singleElement()
          .matches(retry -> retry.attempt() == 0);
      assertThat(raw.requests()).hasSize(3);
    }
  }

  /** Case 29: also where all connections that are kept are stale, and each is found to be so. */
  @Test
  void manyStaleConnectionsCostNoAttempt() {
    retries(0);
    settings = settings.with(settings.limits().withMaxFiles(4));
    Gate gate = new Gate();
    Wire stale = Wire.of(new Step.Read(), new Step.Await(gate), SMALL, new Step.Read());
    Wire good = Wire.of(new Step.Reply(request -> List.of(SMALL)));
    try (RawServer raw = new RawServer(stale, stale, stale, stale, good)) {
      Result result =
          steered(
              numbered(raw, 12),
              run -> {
                gate.awaitArrivals(4);
                gate.open();
              });
      assertThat(report().exitCode()).isZero();
      assertThat(result.files()).allMatch(file -> file.outcome().effort().attempts() == 1);
    }
  }

  /** Case 29: a server that closes after each answer, and never says so. */
  @Test
  void aServerThatClosesWithoutSayingSoCostsNoAttempt() {
    retries(0);
    try (RawServer raw = new RawServer(Wire.of(new Step.Read(), SMALL))) {
      Result result = run(numbered(raw, 200));
      assertThat(report().exitCode()).isZero();
      assertThat(result.files()).allMatch(file -> file.outcome().effort().attempts() == 1);
    }
  }

  private static List<Download> numbered(RawServer raw, int count) {
    return IntStream.range(0, count)
        .mapToObj(file -> Download.of(Integer.toString(file), raw.uri("/" + file)))
        .toList();
  }

  /** Case 30. */
  @Test
  void aHostThatDoesNotAnswerIsAskedAgain() {
    Timeouts usual = settings.timeouts();
    settings =
        settings.with(
            new Timeouts(
                SOON, usual.response(), usual.idle(), usual.minSpeed(), usual.minSpeedWindow()));
    retries(1);
    try (UnreachablePort deaf = UnreachablePort.deaf()) {
      Outcome outcome = download(Download.of("a", deaf.uri("/a")));
      assertThat(failed(outcome)).isInstanceOf(Failure.Connect.class);
      assertThat(outcome.effort().attempts()).isEqualTo(2);
    }
  }

  /** Case 30: RFC 6761 keeps this name from ever being found. */
  @Test
  void aNameWithoutAddressMayGetOneLater() {
    retries(1);
    Result result = run(List.of(Download.of("a", URI.create("http://nowhere.invalid/a"))));
    assertThat(failed(result.files().getFirst().outcome())).isInstanceOf(Failure.Dns.class);
    assertThat(report().exitCode()).isEqualTo(3);
  }

  static Stream<Arguments> certificates() {
    Optional<java.nio.file.Path> known = Optional.of(Certificate.authority());
    return Stream.of(
        arguments(Certificate.EXPIRED, known, "expired"),
        arguments(Certificate.WRONG_HOST, known, "127.0.0.1"),
        arguments(Certificate.GOOD, Optional.empty(), "certification path"));
  }

  /** Case 31. */
  @ParameterizedTest
  @MethodSource("certificates")
  void aCertificateThatFailsTheCheckFailsTheFileAtOnce(
      Certificate shown, Optional<java.nio.file.Path> trusted, String why) {
    settings = settings.with(new HttpSettings(List.of(), trusted, false));
    try (FaultServer secure = FaultServer.https(shown).serve("/a", PAYLOAD)) {
      Result result = run(List.of(Download.of("a", secure.uri("/a"))));
      Failure failure = failed(result.files().getFirst().outcome());
      assertThat(failure).isInstanceOf(Failure.Tls.class);
      assertThat(failure.text()).contains(why);
      assertThat(report().exitCode()).isEqualTo(1);
      assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
      assertThat(secure.requests()).isEmpty();
    }
  }

  /** Case 31: with neither a length nor close_notify, nobody can tell a cut from the end. */
  @Test
  void withoutCloseNotifyAnEndThatNothingAnnouncesIsNone() {
    secure();
    retries(1);
    server.always(
        "/a", new Fault.NoRanges(), new Fault.Raw("{line}{fields}Connection: close\r\n\r\n{body}"));
    assertThat(failed(download(a())).isTransient()).isTrue();
    assertThat(out.resolve("a")).doesNotExist();
  }

  /** Case 16: without TLS the end of the connection is the end of the content. */
  @Test
  void withoutALengthTheConnectionsEndIsBelievedButProvesNothing() {
    server.always(
        "/a", new Fault.NoRanges(), new Fault.Raw("{line}{fields}Connection: close\r\n\r\n{half}"));
    Outcome.Completed outcome = completed(download(a()));
    assertThat(outcome.proof().label()).isEqualTo("none");
    assertThat(outcome.size()).isEqualTo(PAYLOAD.size() / 2);
    assertThat(out.resolve("a").toFile().delete()).isTrue();
    Failure failure = failed(download(sized(a(), PAYLOAD.size())));
    assertThat(failure).isInstanceOf(Failure.Truncated.class);
  }

  /** Also where the reader lets small pieces gather before it reads. */
  @Test
  void aConnectionThatIsSlowForLongIsGivenUp() {
    Payload large = new Payload(5, 3 << 20);
    server.serve("/large", large).with("/large", new Fault.Throttle(1 << 20));
    settings =
        settings
            .with(settings.timeouts().withMinSpeed(64 << 20, Duration.ofSeconds(1)))
            .with(settings.limits().withSegments(1, 1));
    run(List.of(Download.of("large", server.uri("/large"))));
    assertThat(watch.seen(TransferEvent.Retrying.class))
        .singleElement()
        .satisfies(
            retry -> assertThat(retry.failure().shown()).contains("slower than the minimum speed"));
    assertThat(report().exitCode()).isZero();
  }
}
