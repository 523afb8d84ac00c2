package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.Builders;
import dev.bulkdl.Engine;
import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The number of connections is found while files are fetched. */
class AdaptiveConnectionsTest extends EngineFixture {
  private final Gate gate = new Gate();

  @BeforeEach
  void connectionsAreMeasured() {
    settings = settings.with(Limits.DEFAULTS.withSegments(4, SEGMENT_MIN));
  }

  /** Before the first answer nobody knows what the server bears. */
  @Test
  void aFewBeginUntilTheServerAnswers() {
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(40),
            run -> {
              gate.awaitArrivals(4);
              watch.awaitProgress(shown -> shown.connections() == 4 && shown.allowed() == 4);
              gate.open();
            });
    assertThat(result.counts().completed()).isEqualTo(40);
  }

  /**
   * The engine holds its limits for all runs. It measures nothing, so it must not begin with few.
   */
  @Test
  void anEngineThatIsSharedAllowsWhatTheRunHolds() throws IOException {
    settings = settings.with(Limits.FIXED);
    server.always("/a", new Fault.HoldBefore(gate));
    try (Engine engine = Engine.start()) {
      Run run = Builders.downloader(settings).engine(engine).build().start(files(16));
      gate.awaitArrivals(16);
      gate.open();
      assertThat(run.await().counts().completed()).isEqualTo(16);
    }
  }

  /** The ceiling of the settings is kept. */
  @Test
  void theCeilingHolds() {
    settings = settings.with(settings.limits().withMaxPerHost(2));
    server.always("/a", new Fault.HoldBefore(gate));
    Result result =
        steered(
            files(10),
            run -> {
              gate.awaitArrivals(2);
              watch.awaitProgress(shown -> shown.connections() == 2 && shown.allowed() == 2);
              gate.open();
            });
    assertThat(result.counts().completed()).isEqualTo(10);
  }
}
