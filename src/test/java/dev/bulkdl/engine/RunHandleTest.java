package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a caller waits for a run. */
class RunHandleTest extends EngineFixture {

  private static final Duration LONG = Duration.ofSeconds(50);

  @Test
  void aWaitThatTakesTooLongLeavesTheRunGoingOn() throws Exception {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              assertThat(run.await(Duration.ofMillis(1))).isEmpty();
              gate.open();
              assertThat(run.await(LONG)).isPresent();
            });
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void anInterruptEndsTheWaitAndNotTheRun() throws Exception {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              gate.awaitArrivals(1);
              Thread.currentThread().interrupt();
              assertThatExceptionOfType(InterruptedException.class)
                  .isThrownBy(() -> run.await(LONG));
              gate.open();
            });
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void theFutureIsACopyThatStopsNothing() throws Exception {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            List.of(a()),
            run -> {
              CompletableFuture<Result> future = run.result();
              gate.awaitArrivals(1);
              assertThat(future.cancel(true)).isTrue();
              gate.open();
              assertThat(run.result().get().isComplete()).isTrue();
            });
    assertThat(result.isComplete()).isTrue();
  }
}
