package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Result;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.RetrySettings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Polling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One file, or some, are tried again while the run lasts. Waits are for longer than any test. */
class RetrySelectionTest extends EngineFixture {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Gate gate = new Gate();

  /** Gives the server files x, y, z that each answer once with this status, and one that lasts. */
  private List<Download> failing(int status) {
    settings = settings.with(new RetrySettings(3, HOUR, HOUR, Optional.empty()));
    for (String path : List.of("/x", "/y", "/z")) {
      server.serve(path, PAYLOAD).with(path, new Fault.Status(status));
    }
    server.always("/a", new Fault.HoldBefore(gate));
    return List.of(a(), file("/x"), file("/y"), file("/z"));
  }

  private static TargetName name(String name) {
    return TargetName.of(name);
  }

  @Test
  void whatWaitsIsTriedAtOnce() {
    Result result =
        steered(
            failing(500),
            run -> {
              Polling.await("the waits", run::fileHolds, holds -> holds.size() == 3);
              assertThat(run.retry(name("y"))).isTrue();
              watch.awaitProgress(shown -> shown.completed() == 1);
              assertThat(server.requests("/x")).hasSize(1);
              assertThat(run.retry(List.of(name("x"), name("y"), name("z")))).isEqualTo(2);
              watch.awaitProgress(shown -> shown.completed() == 3);
              assertThat(run.retry(name("x"))).isFalse();
              assertThat(run.retry(name("unknown"))).isFalse();
              gate.open();
            });
    assertThat(result.counts().completed()).isEqualTo(4);
  }

  @Test
  void whatHasFailedIsQueuedAgain() {
    Result result =
        steered(
            failing(404),
            run -> {
              watch.awaitProgress(shown -> shown.failed() == 3);
              assertThat(run.retry(List.of(name("x"), name("z"), name("unknown")))).isEqualTo(2);
              watch.awaitProgress(shown -> shown.completed() == 2 && shown.failed() == 1);
              assertThat(server.requests("/y")).hasSize(1);
              assertThat(run.retry(List.of())).isZero();
              assertThat(run.retryFailed()).isOne();
              watch.awaitProgress(shown -> shown.completed() == 3 && shown.failed() == 0);
              gate.open();
            });
    assertThat(result.counts().completed()).isEqualTo(4);
  }
}
