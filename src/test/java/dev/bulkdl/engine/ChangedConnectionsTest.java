package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.model.Proof;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.SeenRequest;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The number of connections changes while files are fetched, and takes effect although no byte
 * comes. Nobody may retry, so whatever counted as a failure would fail its file.
 */
class ChangedConnectionsTest extends EngineFixture {
  private final Gate gate = new Gate();

  @BeforeEach
  void nobodyRetries() {
    retries(0);
    settings = settings.with(settings.limits().withMaxPerHost(4));
  }

  private void awaitConnections(int open) {
    awaitConnections(open, open);
  }

  private void awaitConnections(int open, int allowed) {
    watch.awaitProgress(shown -> shown.connections() == open && shown.allowed() == allowed);
  }

  /** What servers do not go on with until the gate opens. */
  static Stream<Function<Gate, Fault>> waits() {
    return Stream.of(Fault.HoldBefore::new, gate -> new Fault.Stall(300 * KIB, gate));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void filesThatLoseTheirConnectionWaitAndGoOnWhereTheyWere(Function<Gate, Fault> wait) {
    server.always("/a", wait.apply(gate));
    Result result =
        steered(
            files(4),
            run -> {
              gate.awaitArrivals(4);
              run.changeConnections(-3);
              awaitConnections(1);
              run.changeConnections(1);
              awaitConnections(2);
              gate.open();
            });
    assertNothingWasLost(result);
    assertThat(asked()).hasSize(7);
    assertEveryRestWasConditional(server.etag("/a"));
  }

  static Stream<Limits> limits() {
    Limits usual = Limits.FIXED.withSegments(1, 1);
    return Stream.of(usual.withMaxPerHost(1), usual.withMaxConnections(1));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void filesThatWaitBeginWhenThereMayBeMore(Limits limits) {
    settings = settings.with(limits);
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(3),
            run -> {
              gate.awaitArrivals(1);
              awaitConnections(1);
              run.changeConnections(2);
              gate.awaitArrivals(3);
              awaitConnections(3);
              gate.open();
            });
    assertNothingWasLost(result);
  }

  /** Only those above the limit that holds now are closed after use. */
  @Test
  void furtherConnectionsAreUsedAgain() {
    settings = settings.with(settings.limits().withMaxConnections(1));
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(40),
            run -> {
              gate.awaitArrivals(1);
              run.changeConnections(7);
              gate.awaitArrivals(8);
              gate.open();
            });
    assertNothingWasLost(result);
    assertThat(asked()).noneMatch(request -> request.header("Connection").isPresent());
  }

  @Test
  void oneIsAlwaysAllowed() {
    server.always("/a", new Fault.Stall(300 * KIB, gate));
    Result result =
        steered(
            files(2),
            run -> {
              gate.awaitArrivals(2);
              run.changeConnections(Integer.MIN_VALUE);
              awaitConnections(1);
              gate.open();
            });
    assertNothingWasLost(result);
    server.traffic().awaitIdle();
  }

  /** Four connections to one file: the first stalls at 256 KiB, the others at 32 each. */
  private Gate splitInFour() {
    segments(4);
    Gate first = new Gate();
    Fault stall = new Fault.Stall(32 * KIB, gate);
    server.with("/a", request -> request.start() == 0, new Fault.Stall(256 * KIB, first));
    server.with("/a", request -> request.start() > 0, stall, stall, stall);
    return first;
  }

  @Test
  void helpersGoFirstAndComeBack() {
    Gate first = splitInFour();
    Gate again = new Gate();
    Fault later = new Fault.Stall(16 * KIB, again);
    Result result =
        steered(
            files(1),
            run -> {
              gate.awaitArrivals(3);
              watch.awaitProgress(shown -> shown.received() == (256 + 3 * 32) * KIB);
              run.changeConnections(-3);
              awaitConnections(1);
              server.with("/a", later, later, later);
              run.changeConnections(3);
              first.open();
              again.awaitArrivals(3);
              again.open();
            });
    assertNothingWasLost(result);
    assertThat(asked()).filteredOn(request -> request.start() == 0).hasSize(1);
  }

  @Test
  void whatHelpersWroteIsInTheJournal() {
    splitInFour();
    long written = (256 + 3 * 32) * KIB;
    Result result =
        steered(
            files(1),
            run -> {
              gate.awaitArrivals(3);
              watch.awaitProgress(shown -> shown.received() == written);
              run.changeConnections(-3);
              awaitConnections(1);
              run.stop();
            });
    assertThat(result.files().getFirst().outcome()).isInstanceOf(Outcome.Cancelled.class);
    server.mend("/a");
    Outcome.Completed later = completed(run(files(1)).files().getFirst().outcome());
    assertThat(later.effort().resumed()).isEqualTo(written);
    Trees.assertHolds(out, "f0", PAYLOAD);
  }

  private static boolean allHaveBegun(RunProgress shown, int files) {
    return shown.active().size() == files
        && shown.active().stream().allMatch(file -> file.bytes() > 0);
  }

  /** A file without a validator would start again over another connection. */
  @Test
  void aFileThatCouldNotGoOnKeepsItsConnection() {
    server.always("/a", new Fault.Stall(300 * KIB, gate));
    server.serve("/n", PAYLOAD).always("/n", new Fault.NoValidator(), new Fault.Stall(KIB, gate));
    List<Download> all =
        Stream.concat(files(1).stream(), Stream.of("n1", "n2", "n3").map(this::fromN)).toList();
    Result result =
        steered(
            all,
            run -> {
              watch.awaitProgress(shown -> allHaveBegun(shown, 4));
              run.changeConnections(-3);
              awaitConnections(3, 1);
              gate.open();
            });
    assertNothingWasLost(result);
    assertThat(asked("/n")).hasSize(3);
    assertThat(asked("/a")).hasSize(2);
  }

  private Download fromN(String name) {
    return Download.of(name, server.uri("/n"));
  }

  @Test
  void aPausedFileGivesItsConnectionBackToo() {
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(2),
            run -> {
              gate.awaitArrivals(2);
              run.pause();
              gate.open();
              watch.awaitProgress(shown -> allHaveBegun(shown, 2));
              run.changeConnections(-3);
              watch.awaitProgress(shown -> shown.paused() && shown.connections() == 1);
              run.resume();
            });
    assertNothingWasLost(result);
  }

  /** The user's file is compared with the remote one's length first. */
  @Test
  void aQuestionForALengthIsAskedAgain() throws IOException {
    disk(EngineFixture::continuing);
    Files.createDirectories(out);
    for (Download file : files(2)) {
      PAYLOAD.writeFirst(KIB, out.resolve(file.target().value()));
    }
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(2),
            run -> {
              gate.awaitArrivals(2);
              run.changeConnections(-3);
              awaitConnections(1);
              gate.open();
            });
    assertThat(result.files())
        .allMatch(file -> completed(file.outcome()).proof() == Proof.LENGTH)
        .allMatch(file -> file.outcome().effort().resumed() == KIB);
    assertThat(allAsked()).filteredOn(SeenRequest::isHead).hasSize(3); // one of two again
    assertThat(allAsked()).filteredOn(SeenRequest::isGet).hasSize(4); // HEAD alone decides nothing
  }

  /** At every answer the number changes, also for the connection that has just been answered. */
  @RepeatedTest(5)
  void anyNumberOfChangesLosesNothing() throws IOException {
    segments(4);
    Random random = new Random(1);
    AtomicReference<Run> started = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    TransferListener changer =
        new TransferListener() {
          @Override
          public void onEvent(TransferEvent event) {
            if (event instanceof TransferEvent.Answered) {
              await(begun);
              started.get().changeConnections(random.nextInt(7) - 3);
            }
          }
        };
    started.set(downloader(changer).start(files(12)));
    begun.countDown();
    assertNothingWasLost(checked(started.get().await()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
