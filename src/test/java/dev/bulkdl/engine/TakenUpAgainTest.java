package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Files that failed are taken up again by hand; a file that is held up keeps the run going. */
class TakenUpAgainTest extends EngineFixture {
  private final Gate gate = new Gate();

  @BeforeEach
  void aFileHoldsTheRunUp() {
    retries(0);
    server.serve("/slow", PAYLOAD).always("/slow", new Fault.HoldBefore(gate));
  }

  private static Outcome.Effort effort(Result result, Download file) {
    return result.files().stream()
        .filter(ended -> ended.download().equals(file))
        .map(ended -> completed(ended.outcome()).effort())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLastEndCounts() {
    server.with("/a", new Fault.Status(404), new Fault.Status(500));
    Result result =
        steered(
            List.of(a(), file("/slow")),
            run -> {
              watch.await(TransferEvent.FileEnded.class, 1);
              assertThat(run.retryFailed()).isEqualTo(1);
              watch.await(TransferEvent.FileEnded.class, 2);
              watch.awaitProgress(shown -> shown.failed() == 1 && shown.ended() == 1);
              assertThat(run.retryFailed()).isEqualTo(1);
              watch.await(TransferEvent.FileEnded.class, 3);
              watch.awaitProgress(shown -> shown.failed() == 0 && shown.completed() == 1);
              assertThat(run.retryFailed()).isZero();
              gate.open();
            });
    assertThat(result.isComplete()).isTrue();
    assertThat(report().failures()).isEmpty();
    assertThat(effort(result, a()).attempts()).isEqualTo(3);
    assertThat(watch.seen(TransferEvent.Requeued.class))
        .extracting(again -> again.was().failure().label())
        .containsExactly("http", "http");
    Trees.assertHolds(out, Map.of("a", PAYLOAD, "slow", PAYLOAD));
  }

  @Test
  void aFileThatFailsAgainIsAFailedOne() {
    server.with("/a", new Fault.Status(500), new Fault.Status(404));
    Result result =
        steered(
            List.of(a(), file("/slow")),
            run -> {
              watch.await(TransferEvent.FileEnded.class, 1);
              run.retryFailed();
              watch.await(TransferEvent.FileEnded.class, 2);
              gate.open();
            });
    assertThat(report().exitCode()).isEqualTo(1);
    assertThat(report().files().failed()).isEqualTo(1);
    assertThat(report().permanentFailures()).isEqualTo(1);
    assertThat(report().transientFailures()).isZero();
  }

  /** What an earlier run left, what the first attempt got, and what the second one got. */
  @Test
  void itGoesOnWhereItWas() {
    cut(a(), 300 * KIB);
    forgetRequests();
    server.with("/a", new Fault.CutAfter(500 * KIB));
    Result result =
        steered(
            List.of(a(), file("/slow")),
            run -> {
              watch.await(TransferEvent.FileEnded.class, 2);
              assertThat(run.retryFailed()).isEqualTo(1);
              watch.await(TransferEvent.FileEnded.class, 3);
              gate.open();
            });
    Outcome.Effort effort = effort(result, a());
    assertThat(effort.resumed()).isEqualTo(300 * KIB);
    assertThat(effort.downloaded()).isEqualTo(PAYLOAD.size() - 300 * KIB);
    assertThat(effort.discarded()).isZero();
    assertThat(asked("/a"))
        .extracting(request -> request.start())
        .containsExactly(300L * KIB, 800L * KIB);
    assertEveryRestWasConditional(server.etag("/a"));
  }

  @Test
  void nothingIsTakenUpOnceTheRunIsOverOrStopped() {
    server.always("/a", new Fault.Status(404));
    Result stopped =
        steered(
            List.of(a(), file("/slow")),
            run -> {
              watch.await(TransferEvent.FileEnded.class, 1);
              run.stop();
              assertThat(run.retryFailed()).isZero();
            });
    assertThat(report().files().failed()).isEqualTo(1);
    steered(
        List.of(a()),
        run -> {
          run.await();
          assertThat(run.retryFailed()).isZero();
        });
  }

  @Test
  void aStopEndsThoseThatWaitToBegin() {
    settings = settings.with(settings.limits().withMaxConnections(1));
    List<Download> files =
        IntStream.range(0, 20).mapToObj(i -> Download.of("f" + i, server.uri("/a"))).toList();
    List<Fault> script = new ArrayList<>(Collections.nCopies(10, new Fault.Status(404)));
    script.add(new Fault.HoldBefore(gate));
    server.with("/a", script.toArray(Fault[]::new));
    Result result =
        steered(
            files,
            run -> {
              gate.awaitArrivals(1);
              watch.await(TransferEvent.FileEnded.class, 10);
              assertThat(run.retryFailed()).isPositive();
              run.stop();
            });
    assertThat(report().files().total()).isEqualTo(20);
    assertThat(report().files().cancelled()).isGreaterThanOrEqualTo(10);
    assertThat(report().exitCode()).isNotZero();
  }

  /** The key is hit all the time while the last file ends. */
  @RepeatedTest(20)
  void theRunEndsWhenItsLastFileDoes() {
    Fault fault = new Fault.Status(404);
    server.with("/a", fault, fault, fault, fault, fault);
    Result result =
        steered(
            List.of(a()),
            run -> {
              while (watch.seen(TransferEvent.RunEnded.class).isEmpty()) {
                run.retryFailed();
              }
            });
    Outcome outcome = result.files().getFirst().outcome();
    assertThat(result.files()).hasSize(1);
    assertThat(outcome.effort().attempts()).isEqualTo(asked().size());
    assertThat(outcome instanceof Outcome.Completed || failed(outcome) instanceof Failure.Http)
        .isTrue();
  }
}
