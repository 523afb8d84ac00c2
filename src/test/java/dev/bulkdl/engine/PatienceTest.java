package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Proof;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Fault.RetryAfter;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Polling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that ask for patience, fail for a while, or say nothing; and networks that are down. */
class PatienceTest extends Matrix {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String HEAD = "{line}{fields}{length}\r\n";
  private static final String DRIP = "{line}X-Slow: {drip}";

  private static Case status(int number, int code, End end) {
    return Case.always(number, Integer.toString(code), new Fault.Status(code), end);
  }

  /** Every wait is clamped to the longest delay, so that no test waits for an hour. */
  private static final List<Case> STATUSES =
      List.of(
          Case.once(25, "429 for an hour", new RetryAfter(429, 3600), ETAG),
          Case.once(25, "503 for no time", new RetryAfter(503, 0), ETAG),
          Case.once(25, "503 for ages", new RetryAfter(503, "99999999999999999999"), ETAG),
          Case.once(25, "503 for less than nothing", new RetryAfter(503, "-5"), ETAG),
          Case.once(25, "429 until somewhen", new RetryAfter(429, "soon"), ETAG),
          Case.once(25, "429 until nothing", new RetryAfter(429, ""), ETAG),
          Case.always(25, "429 for no time", new RetryAfter(429, 0), End.passing("http")),
          Case.once(47, "503 until in an hour", RetryAfter.dateIn(503, HOUR), ETAG),
          Case.once(47, "503 until an hour ago", RetryAfter.dateIn(503, HOUR.negated()), ETAG),
          Case.once(26, "500", new Fault.Status(500), ETAG),
          status(26, 408, End.passing("http")),
          status(26, 425, End.passing("http")),
          status(26, 500, End.passing("http")),
          status(26, 502, End.passing("http")),
          status(26, 504, End.passing("http")),
          status(26, 522, End.passing("http")),
          status(26, 400, End.lasting("http")),
          status(26, 401, End.lasting("http")),
          status(26, 403, End.lasting("http")),
          status(26, 404, End.lasting("http")),
          status(26, 410, End.lasting("http")),
          status(26, 451, End.lasting("http")),
          status(26, 501, End.lasting("http")),
          status(68, 300, End.lasting("http")),
          status(69, 205, End.lasting("http")),
          new Case(30, "connection refused", FaultServer::down, End.passing("connect")));

  static Stream<Arguments> statuses() {
    return shaped(STATUSES);
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void aBusyServerIsAskedAgainAndARefusalEndsTheFile(Case now, Shape shape) {
    check(now, shape);
  }

  private static Case wire(int number, String name, String wire) {
    return Case.always(number, name, new Fault.Raw(wire), End.passing("timeout"));
  }

  private static final List<Case> SILENCES =
      List.of(
          Case.once(27, "no word", new Fault.Raw("{hold}"), ETAG),
          wire(27, "no word", "{hold}"),
          wire(27, "no content", HEAD + "{hold}"),
          wire(27, "headers that come letter by letter", DRIP),
          Case.once(29, "a peer that went in mid-content", new Fault.Stall(100_000), ETAG));

  static Stream<Arguments> silences() {
    return shaped(SILENCES);
  }

  @ParameterizedTest
  @MethodSource("silences")
  void aSilentServerIsGivenUpAndAskedAgain(Case now, Shape shape) {
    check(now, shape, () -> timeouts(SOON, SOON));
  }

  /**
   * Further connections that get nothing start no others while the first, which counts failures,
   * waits until they have left. Each waits long enough to start some.
   */
  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"FOUR_FRESH", "FOUR_RESUMED"})
  void connectionsThatGetNothingDoNotKeepAFileFromFailing(Shape shape) {
    prepare(shape);
    retries(1);
    timeouts(SOON, SOON.multipliedBy(3));
    server.always("/a", new Fault.Raw(HEAD + "{hold}"));
    assertThat(failed(download(a()))).isInstanceOf(Failure.Timeout.class);
    assertThat(asked()).hasSizeLessThan(20);
  }

  /** Case 26: progress resets the budget, however often the server fails in between. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void failuresBetweenProgressNeverUseUpTheRetries(Shape shape) {
    prepare(shape);
    retries(3);
    Map<Long, Integer> asked = new ConcurrentHashMap<>();
    server.always("/a", new Fault.CutAfter(50_000));
    server.always(
        "/a", request -> asked.merge(request.start(), 1, Integer::sum) <= 2, new Fault.Status(502));
    completed(download(a()), PAYLOAD, Proof.ETAG);
  }

  /** Case 25: a host that asks for an hour is left alone, the others run on. */
  @Test
  void onlyTheHostThatAsksForPatienceGetsIt() {
    settings = settings.with(settings.patience().withDelays(HOUR, HOUR));
    try (FaultServer other = FaultServer.http().serve("/b", PAYLOAD)) {
      server.always("/a", new RetryAfter(429, 3600));
      Gate gate = new Gate();
      other.always("/b", new Fault.HoldBefore(gate));
      Result result =
          steered(
              List.of(a(), Download.of("b", other.uri("/b"))),
              run -> {
                watch.await(TransferEvent.OriginPaused.class, 1);
                gate.open();
                watch.await(TransferEvent.FileEnded.class, 1);
                run.stop();
              });
      assertThat(report().files().completed()).isEqualTo(1);
      assertThat(out.resolve("b")).exists();
      assertThat(asked()).hasSize(1);
    }
  }

  /** What has begun and does not go on has its reason. */
  @Test
  void aFileThatWaitsForItsNextAttemptSaysWhy() {
    settings = settings.with(settings.patience().withDelays(HOUR, HOUR));
    server.always("/a", new Fault.Status(502));
    steered(
        List.of(a()),
        run -> {
          watch.await(TransferEvent.Retrying.class, 1);
          Hold hold =
              Polling.await("the holds", run::fileHolds, holds -> !holds.isEmpty())
                  .get(a().target());
          assertThat(hold.reason()).isEqualTo(Hold.Reason.RETRY);
          assertThat(hold.why()).contains("attempt 1 of", "502");
          assertThat(hold.until()).isPresent();
          run.pause(a().target());
          Polling.await(
              "the reason",
              () -> run.fileHolds().get(a().target()).reason(),
              Hold.Reason.OPERATOR::equals);
          run.stop();
        });
  }

  /** Case 32: while the network is down, no retry is used up. */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void anOutageThatTheProbeTellsCostsNoRetry(Shape shape) {
    prepare(shape);
    try (FaultServer probe = FaultServer.http().serve("/", PAYLOAD)) {
      RetrySettings usual = settings.patience();
      settings =
          settings.with(
              new RetrySettings(0, usual.delay(), usual.maxDelay(), Optional.of(probe.uri("/"))));
      server.down();
      probe.down();
      Result result =
          steered(
              List.of(a()),
              run -> {
                watch.await(TransferEvent.OutageBegan.class, 1);
                server.up();
                probe.up();
              });
      completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
      assertThat(watch.seen(TransferEvent.OutageEnded.class)).hasSize(1);
    }
  }
}
