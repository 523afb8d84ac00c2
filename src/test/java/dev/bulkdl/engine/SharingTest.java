package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.bulkdl.Builders;
import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Engine;
import dev.bulkdl.Result;
import dev.bulkdl.event.RunProgress.FileSnapshot;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How files share connections, and the segments of a file its bytes. */
class SharingTest extends Matrix {
  private static final int FILES = 8;

  static Stream<Limits> limits() {
    return Stream.concat(
        connectionLimits().map(limits -> limits.withSegments(1, SEGMENT_MIN)),
        Stream.of(new Limits(3, 64, 64, 1, 1)));
  }

  static Stream<Limits> connectionLimits() {
    Limits usual = Limits.FIXED.withSegments(4, SEGMENT_MIN);
    return Stream.of(usual.withMaxPerHost(3), usual.withMaxConnections(3));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void noMoreRequestsAreInFlightThanAllowed(Limits limits) {
    settings = settings.with(limits);
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    Result result = steered(files(FILES, "/a"), run -> gate.openStepByStep(3, FILES));
    assertThat(report().exitCode()).isZero();
    assertThat(server.traffic().maxInFlight()).isEqualTo(3);
  }

  /** Looked at while all stall: later the server may still send what a client has done with. */
  @ParameterizedTest
  @MethodSource("connectionLimits")
  void aFilesFurtherConnectionsAreBoundToo(Limits limits) {
    settings = settings.with(limits);
    Gate gate = new Gate();
    server.always("/a", new Fault.Stall(KIB, gate));
    Result result =
        steered(
            files(1, "/a"),
            run -> {
              gate.awaitArrivals(3);
              watch.awaitProgress(shown -> shown.received() == 3 * KIB);
              assertThat(server.traffic().maxInFlight()).isEqualTo(3);
              gate.open();
            });
    assertThat(report().exitCode()).isZero();
  }

  /** Two downloaders on one engine are bound by its limits as one. */
  @Test
  void theLimitsOfAnEngineBindAllItsRuns() throws IOException {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    try (Engine engine = Engine.builder().connections(3, 3).start()) {
      BulkDownloader first = Builders.downloader(settings).engine(engine).build();
      BulkDownloader second = BulkDownloader.into(temp.resolve("other")).engine(engine).build();
      var runs = List.of(first.start(files(FILES, "/a")), second.start(files(FILES, "/a")));
      gate.openStepByStep(3, 2 * FILES);
      assertThat(runs).allMatch(run -> run.await().exitCode() == 0);
    }
    // A request that one run gave up for the other is held here until the gate opens.
    int givenUp = server.requests("/a").size() - 2 * FILES;
    assertThat(server.traffic().maxInFlight()).isBetween(3, 3 + givenUp);
  }

  /** Case 33: none is rejected, and none is asked for before its turn. */
  @Test
  void fiveThousandFilesWaitForOneSlowHost() {
    Payload small = new Payload(3, 100);
    Gate gate = new Gate();
    server.serve("/s", small).always("/s", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(5_000, "/s"),
            run -> {
              gate.awaitArrivals(16);
              gate.open();
            });
    assertThat(report().files().completed()).isEqualTo(5_000);
    assertThat(server.traffic().maxInFlight()).isEqualTo(16);
    assertThat(asked()).hasSize(5_000);
  }

  /** What a server does with a second request at one time, from one client. */
  static Stream<Arguments> oneConnectionOnly() {
    return Stream.of(
            new Fault.Status(503),
            new Fault.Status(429),
            new Fault.RetryAfter(503, 3600),
            new Fault.HoldBefore(new Gate()),
            new Fault.NoRanges(),
            new Fault.CutAfter(0),
            new Fault.ResetAfter(0),
            new Fault.Status(403),
            new Fault.Status(404),
            new Fault.Raw("{reset}"))
        .flatMap(
            fault -> Stream.of(Shape.FOUR_FRESH, Shape.FOUR_RESUMED).map(s -> arguments(fault, s)));
  }

  /** Case 70: helpers that get nothing leave the file to the one that does, and cost nothing. */
  @ParameterizedTest
  @MethodSource
  void oneConnectionOnly(Fault fault, Shape shape) {
    timeouts(Duration.ofSeconds(1), settings.timeouts().idle());
    settings = settings.with(settings.patience().withDelays(millis(1), Duration.ofSeconds(1)));
    check(
        new Case(
            70,
            "one connection only",
            server -> server.always("/a", request -> connections() > 1, fault),
            ETAG),
        shape);
    assertThat(asked().size()).isLessThan(20);
  }

  /** As the client counts them: a server may be late to see that one has gone. */
  private int connections() {
    return connectionsNow();
  }

  /** Case 70: its helper has left when the answer comes, but was there when it was asked for. */
  @Test
  void aRefusalBesideAnotherConnectionIsNotBelieved() {
    segments(2);
    Gate first = new Gate();
    Gate helper = new Gate();
    Gate refusal = new Gate();
    server.with("/a", request -> request.start() == 0, new Fault.Stall(100 * KIB, first));
    server.with(
        "/a",
        Matrix::isRest,
        new Fault.Stall(KIB, helper),
        Fault.all(new Fault.HoldBefore(refusal), new Fault.Status(403)));
    Result result =
        steered(
            List.of(a()),
            run -> {
              helper.awaitArrivals(1);
              first.open();
              refusal.awaitArrivals(1);
              helper.open();
              watch.awaitProgress(shown -> shown.active().stream().anyMatch(this::isLeftAlone));
              refusal.open();
            });
    Outcome.Completed outcome = completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().discarded()).isZero();
  }

  /** What turned helpers away was no limit where the server had nothing for anyone. */
  @Test
  void aSplitFileHasSeveralConnectionsAgainAfterAnOutage() {
    segments(4);
    retries(30);
    server.always("/a", new Fault.Throttle(PAYLOAD.size() / 8));
    List<Fault> script = new ArrayList<>(Collections.nCopies(4, new Fault.CutAfter(64 * KIB)));
    script.addAll(Collections.nCopies(20, new Fault.Status(503)));
    server.with("/a", script.toArray(Fault[]::new));
    Result result =
        steered(
            List.of(a()),
            run -> {
              server.awaitRequests(script.size() + 1);
              watch.awaitProgress(shown -> shown.connections() > 2);
            });
    completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
  }

  /** Nor is what the network did to them while the first connection went on. */
  @Test
  void aSplitFileHasSeveralConnectionsAgainAfterADropoutThatOneSurvives() {
    segments(4);
    Gate first = new Gate();
    server.always("/a", request -> request.start() > 0, new Fault.Throttle(PAYLOAD.size() / 8));
    server.with("/a", request -> request.start() == 0, new Fault.Stall(100 * KIB, first));
    List<Fault> dropout = Collections.nCopies(2, new Fault.Raw("{reset}"));
    server.with("/a", Matrix::isRest, dropout.toArray(Fault[]::new));
    Result result =
        steered(
            List.of(a()),
            run -> {
              watch.awaitProgress(shown -> shown.connections() > 2);
              first.open();
            });
    completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
    assertThat(asked()).filteredOn(request -> request.start() == 0).hasSize(1);
  }

  /** Case 41: idle connections to many hosts would use up the file descriptors. */
  @Test
  void fewConnectionsStayOpenToManyHosts() {
    settings = settings.with(settings.limits().withMaxConnections(2));
    List<FaultServer> hosts =
        IntStream.range(0, 8).mapToObj(i -> FaultServer.http().serve("/" + i, PAYLOAD)).toList();
    try {
      List<Download> files =
          IntStream.range(0, 8)
              .mapToObj(i -> Download.of("f" + i, hosts.get(i).uri("/" + i)))
              .toList();
      assertThat(run(files).isComplete()).isTrue();
      long closing =
          hosts.stream()
              .flatMap(host -> host.requests().stream())
              .filter(request -> request.header("Connection").equals(Optional.of("close")))
              .count();
      assertThat(closing).isBetween(2L, 5L);
    } finally {
      hosts.forEach(FaultServer::close);
    }
  }

  /** A connection that stalls keeps next to nothing: the others take its bytes by halves. */
  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"FOUR_FRESH", "FOUR_RESUMED"})
  void whatAStalledConnectionHoldsIsTakenFromIt(Shape shape) {
    prepare(shape);
    Gate gate = new Gate();
    server.with(
        "/a", Fault.all(new Fault.Stall(SEGMENT_MIN, gate), new Fault.CutAfter(SEGMENT_MIN)));
    Result result =
        steered(
            List.of(a()),
            run -> {
              watch.awaitProgress(shown -> shown.active().stream().anyMatch(this::isLeftAlone));
              gate.open();
            });
    Outcome.Completed outcome = completed(result.files().getFirst().outcome(), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().discarded()).isZero();
    assertThat(outcome.effort().attempts()).isEqualTo(2);
    String last = asked().getLast().range().orElseThrow();
    String[] ends = last.substring("bytes=".length()).split("-", -1);
    assertThat(Long.parseLong(ends[1]) - Long.parseLong(ends[0])).isLessThan(2 * SEGMENT_MIN);
  }

  /** Helpers have been there, and found nothing more to take. */
  private boolean isLeftAlone(FileSnapshot file) {
    return file.bytes() > PAYLOAD.size() / 2 && file.connections() == 1;
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"FOUR_FRESH", "FOUR_RESUMED"})
  void aFileThatWaitsForTheNetworkIsSplit(Shape shape) {
    prepare(shape);
    Outcome.Completed outcome = completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().segments()).isBetween(2, 4);
  }

  /** One that hangs holds nothing up, however little is left to it, and is not waited for. */
  @Test
  void aConnectionThatHangsIsLeftWhereOthersHaveBroughtItsBytes() {
    segments(2);
    server.with("/a", new Fault.Stall(KIB), new Fault.Throttle(PAYLOAD.size() / 4));
    assertBroughtAtOnce(download(a()));
  }

  /** Also where there was none to help it when it began to hang. */
  @Test
  void aConnectionThatHangsIsHelpedOnceAnotherIsIdle() {
    settings = settings.with(Limits.FIXED.withSegments(2, SEGMENT_MIN).withMaxConnections(2));
    Gate gate = new Gate();
    server.with("/a", new Fault.Stall(KIB), new Fault.Throttle(PAYLOAD.size() / 4));
    server.serve("/b", PAYLOAD).always("/b", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a(), Download.of("b", server.uri("/b"))),
            run -> {
              gate.awaitArrivals(1);
              watch.awaitProgress(shown -> shown.active().stream().anyMatch(f -> f.bytes() > 0));
              gate.open();
            });
    assertNothingWasLost(result);
  }

  /** Also where no other connection has shown that it is faster, and little is left. */
  @Test
  void theLastBytesOfAConnectionThatHangsAreAskedForAgain() {
    segments(2);
    server.with("/a", new Fault.Stall(PAYLOAD.size() - 9 * KIB));
    assertBroughtAtOnce(download(a()));
  }

  /** Its end is nobody's loss, even where the file may not be tried again. */
  @Test
  void aConnectionThatOwesNothingAnyMoreCannotFail() {
    segments(2);
    retries(0);
    timeouts(settings.timeouts().response(), Duration.ofSeconds(5));
    server.with(
        "/a",
        new Fault.Stall(KIB),
        new Fault.Throttle(PAYLOAD.size() / 4),
        new Fault.Throttle(PAYLOAD.size() / 12));
    assertBroughtAtOnce(download(a()));
  }

  private void assertBroughtAtOnce(Outcome how) {
    Outcome.Completed outcome = completed(how, PAYLOAD, Proof.ETAG);
    assertThat(outcome.effort().attempts()).isEqualTo(1);
    assertThat(outcome.effort().downloaded()).isEqualTo(PAYLOAD.size());
  }
}
