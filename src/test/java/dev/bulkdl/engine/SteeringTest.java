package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Polling;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.UnreachablePort;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run is paused, goes on, and is stopped, whatever its file is just doing. */
class SteeringTest extends EngineFixture {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Gate gate = new Gate();

  /** What a file is doing, and how a test knows. */
  enum Doing {
    WAITING_FOR_HEADERS(t -> t.meets(new Fault.HoldBefore(t.gate)), t -> t.gate.awaitArrivals(1)),
    RECEIVING(t -> t.meets(new Fault.Stall(KIB, t.gate)), t -> t.gate.awaitArrivals(1)),
    WAITING_TO_RETRY(
        t -> t.meets(new Fault.Status(500)), t -> t.watch.await(TransferEvent.Retrying.class, 1)),
    WAITING_FOR_ITS_ORIGIN(
        t -> t.meets(new Fault.RetryAfter(429, 3600)),
        t -> t.watch.await(TransferEvent.OriginPaused.class, 1)),
    WAITING_FOR_THE_NETWORK(
        t -> t.server.down(), t -> t.watch.await(TransferEvent.OutageBegan.class, 1));

    final Consumer<SteeringTest> begin;
    final Consumer<SteeringTest> reached;

    Doing(Consumer<SteeringTest> begin, Consumer<SteeringTest> reached) {
      this.begin = begin;
      this.reached = reached;
    }
  }

  private void meets(Fault fault) {
    server.always("/a", fault);
  }

  /** Waits are for longer than any test. */
  private void begin(Doing doing, UnreachablePort nowhere) {
    settings = settings.with(new RetrySettings(3, HOUR, HOUR, Optional.of(nowhere.uri("/"))));
    doing.begin.accept(this);
  }

  @ParameterizedTest
  @EnumSource
  void stopsAndCanGoOn(Doing doing) {
    prepare(Shape.FOUR_RESUMED);
    try (UnreachablePort nowhere = UnreachablePort.refusing()) {
      begin(doing, nowhere);
      Result result =
          steered(
              List.of(a()),
              run -> {
                doing.reached.accept(this);
                run.stop();
              });
      assertThat(result.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
      assertThat(report().exitCode()).isEqualTo(3);
    }
    assertThat(Trees.leftovers(out)).hasSize(2);
    gate.open();
    server.mend("/a").up();
    Outcome.Completed later = completed(download(a()), PAYLOAD, Proof.ETAG);
    assertThat(later.effort().resumed()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(names = {"WAITING_FOR_HEADERS", "RECEIVING"})
  void pausesAndGoesOn(Doing doing) {
    prepare(Shape.FOUR_FRESH);
    doing.begin.accept(this);
    Result result =
        steered(
            List.of(a(), Download.of("b", server.uri("/a"))),
            run -> {
              doing.reached.accept(this);
              run.pause();
              gate.open();
              watch.awaitProgress(shown -> true);
              watch.awaitProgress(shown -> true);
              assertThat(watch.seen(TransferEvent.FileEnded.class)).isEmpty();
              run.resume();
            });
    assertThat(report().files().completed()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"WAITING_FOR_HEADERS", "RECEIVING"})
  void stopsWhilePaused(Doing doing) {
    prepare(Shape.FOUR_RESUMED);
    doing.begin.accept(this);
    Result result =
        steered(
            List.of(a()),
            run -> {
              doing.reached.accept(this);
              run.pause();
              gate.open();
              run.stop();
            });
    assertThat(result.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
    server.mend("/a");
    completed(download(a()), PAYLOAD, Proof.ETAG);
  }

  /** Another file, of another server, goes on meanwhile. */
  @ParameterizedTest
  @EnumSource
  void cancelsOneFileWhichCanGoOnLater(Doing doing) {
    prepare(Shape.FOUR_RESUMED);
    Gate others = new Gate();
    try (UnreachablePort nowhere = UnreachablePort.refusing();
        FaultServer other = FaultServer.http().serve("/b", PAYLOAD)) {
      other.always("/b", new Fault.Stall(KIB, others));
      begin(doing, nowhere);
      Download b = Download.of("b", other.uri("/b"));
      Result result =
          steered(
              List.of(a(), b),
              run -> {
                doing.reached.accept(this);
                others.awaitArrivals(1);
                int ended = watch.seen(TransferEvent.FileEnded.class).size();
                assertThat(run.cancel(a().target())).isTrue();
                watch.await(TransferEvent.FileEnded.class, ended + 1);
                assertThat(run.cancel(TargetName.of("c"))).isFalse();
                others.open();
              });
      assertThat(report().files().cancelled()).isEqualTo(1);
      assertThat(report().files().completed()).isEqualTo(1);
      assertThat(report().exitCode()).isEqualTo(3);
    }
    gate.open();
    server.mend("/a").up();
    assertThat(completed(download(a())).effort().resumed()).isPositive();
  }

  @Test
  void cancelsAFileThatWaitsForAConnection() {
    settings = settings.with(settings.limits().withMaxConnections(1));
    meets(new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a(), Download.of("b", server.uri("/a"))),
            run -> {
              gate.awaitArrivals(1);
              watch.await(TransferEvent.FileStarted.class, 2);
              watch.awaitProgress(shown -> shown.active().size() == 1);
              TargetName fetched = watch.lastProgress().active().getFirst().download().target();
              TargetName waiting = TargetName.of(fetched.value().equals("a") ? "b" : "a");
              assertThat(run.cancel(waiting)).isTrue();
              watch.await(TransferEvent.FileEnded.class, 1);
              assertThat(run.cancel(waiting)).isFalse();
              gate.open();
            });
    assertThat(report().files().cancelled()).isEqualTo(1);
    assertThat(report().files().completed()).isEqualTo(1);
    assertThat(asked()).hasSize(1);
  }

  /** Its connections end, its partial file stays, others go on, and it goes on where it was. */
  @ParameterizedTest
  @EnumSource(names = {"WAITING_FOR_HEADERS", "RECEIVING", "WAITING_TO_RETRY"})
  void pausesOneFile(Doing doing) {
    prepare(Shape.FOUR_RESUMED);
    try (UnreachablePort nowhere = UnreachablePort.refusing();
        FaultServer other = FaultServer.http().serve("/b", PAYLOAD)) {
      begin(doing, nowhere);
      TargetName paused = a().target();
      Result result =
          steered(
              List.of(a(), Download.of("b", other.uri("/b"))),
              run -> {
                doing.reached.accept(this);
                assertThat(run.pause(paused)).isTrue();
                assertThat(run.pause(paused)).isFalse();
                watch.awaitProgress(
                    shown ->
                        shown.completed() == 1
                            && shown.active().stream()
                                .anyMatch(
                                    file ->
                                        file.download().target().equals(paused)
                                            && file.connections() == 0));
                gate.open();
                server.mend("/a");
                assertThat(run.resume(paused)).isTrue();
                assertThat(run.resume(paused)).isFalse();
              });
      assertThat(report().files().completed()).isEqualTo(2);
      assertThat(report().exitCode()).isZero();
      assertThat(report().bytes().resumed()).isPositive();
    }
    assertThat(watch.seen(TransferEvent.FileEnded.class))
        .filteredOn(ended -> ended.outcome() instanceof Outcome.Completed)
        .hasSize(2);
  }

  @Test
  void aPausedFileCanBeCancelledAndDoesNotHoldUpAStop() {
    prepare(Shape.FOUR_RESUMED);
    meets(new Fault.Stall(KIB, gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              run.pause(a().target());
              watch.awaitProgress(shown -> shown.active().getFirst().connections() == 0);
              run.stop();
            });
    assertThat(result.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
    assertThat(report().bytes().discarded()).isZero();
  }

  /** The wait would take an hour. */
  @Test
  void aWaitingFileIsTriedAtOnceWhenTheUserWantsIt() {
    prepare(Shape.FOUR_FRESH);
    settings = settings.with(new RetrySettings(3, HOUR, HOUR, Optional.empty()));
    server.with("/a", new Fault.RetryAfter(503, 3600));
    steered(
        List.of(a()),
        run -> {
          watch.await(TransferEvent.Retrying.class, 1);
          Polling.await("the wait", run::retryNow, ended -> ended == 1);
        });
    assertThat(report().files().completed()).isEqualTo(1);
  }

  /** A clean stop keeps what a small file has; only a kill costs it. */
  @Test
  void aStopKeepsTheBytesOfASmallFile() {
    Payload small = new Payload(5, 1000 * KIB);
    server.serve("/a", small).always("/a", new Fault.Stall(300 * KIB, gate));
    steered(
        List.of(a()),
        run -> {
          gate.awaitArrivals(1);
          watch.awaitProgress(shown -> shown.received() >= 300 * KIB);
          run.stop();
        });
    gate.open();
    server.mend("/a");
    Outcome.Completed later = completed(download(a()), small, Proof.ETAG);
    assertThat(later.effort().resumed()).isEqualTo(300 * KIB);
    assertThat(later.effort().discarded()).isZero();
  }
}
