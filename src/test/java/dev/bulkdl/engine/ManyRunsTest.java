package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.Engine;
import dev.bulkdl.Result;
import dev.bulkdl.Run;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.Gate;
import dev.bulkdl.testkit.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many runs at the same time on one engine. */
class ManyRunsTest extends EngineFixture {

  private static final int RUNS = 20;

  private Path folder(int run) {
    return temp.resolve("run-" + run);
  }

  private BulkDownloader downloader(Engine engine, int run) {
    return BulkDownloader.into(folder(run)).segments(4, SEGMENT_MIN).engine(engine).build();
  }

  @Test
  void twentyRunsShareOneEngineAndEachFillsItsOwnFolder() throws IOException {
    try (Engine engine = Engine.start()) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(downloader(engine, i).start(List.of(a())));
      }
      for (Run run : runs) {
        Result result = run.await();
        assertThat(result.isComplete()).isTrue();
        assertThat(result.counts()).isEqualTo(new Result.Counts(1, 1, 0, 0, 0));
        assertThat(outcome(result)).isInstanceOf(Outcome.Completed.class);
        assertThat(result.received()).isEqualTo(PAYLOAD.size());
      }
    }
    for (int i = 0; i < RUNS; i++) {
      Trees.assertHolds(folder(i), Map.of("a", PAYLOAD));
    }
  }

  @Test
  void aRunThatIsStoppedOrFailsDoesNotDisturbTheOthers() throws IOException {
    Gate gate = new Gate();
    server.serve("/held", PAYLOAD).always("/held", new Fault.HoldBefore(gate));
    server.always("/gone", new Fault.Status(404));
    try (Engine engine = Engine.start()) {
      Run first = downloader(engine, 0).start(List.of(file("/held")));
      Run third = downloader(engine, 2).start(List.of(file("/held")));
      gate.awaitArrivals(2);
      Run second = downloader(engine, 1).start(List.of(file("/gone")));

      first.stop();

      assertThat(outcome(first.await())).isInstanceOf(Outcome.Cancelled.class);
      assertThat(outcome(second.await())).isInstanceOf(Outcome.Failed.class);
      gate.open();
      assertThat(outcome(third.await())).isInstanceOf(Outcome.Completed.class);
    }
  }

  @Test
  void eachRunHasLimitsOfItsOwn() throws IOException {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    try (Engine engine = Engine.start()) {
      BulkDownloader one = BulkDownloader.into(folder(0)).maxConnections(1).engine(engine).build();
      BulkDownloader two = BulkDownloader.into(folder(1)).maxConnections(2).engine(engine).build();
      List<Run> runs = List.of(one.start(files(5)), two.start(files(5)));
      gate.awaitArrivals(3);
      gate.open();
      assertThat(runs).allMatch(run -> run.await().isComplete());
    }
    assertThat(server.traffic().maxInFlight()).isEqualTo(3);
  }

  @Test
  void aClosedEngineHasStoppedItsRunsAndGivenTheirFoldersBack() throws IOException {
    Gate gate = new Gate();
    server.always("/a", new Fault.HoldBefore(gate));
    Engine engine = Engine.start();
    Run run = downloader(engine, 0).start(List.of(a()));
    gate.awaitArrivals(1);

    engine.close();

    assertThat(outcome(run.await())).isInstanceOf(Outcome.Cancelled.class);
    gate.open();
    server.traffic().awaitNoConnections();
    try (Session again = Session.open(Settings.in(folder(0)), List.of())) {
      assertThat(again.ownFolder()).exists();
    }
    assertThatThrownBy(() -> downloader(engine, 1).start(List.of(a())))
        .isInstanceOf(IllegalStateException.class);
  }

  /** With a heap of 128 MiB the buffers of one run may take 32 MiB, and those of twenty too. */
  @Test
  void twentyRunsTakeTheMemoryOfOneAndLeaveNothing() throws Exception {
    Path log = temp.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                ManyRunsProcess.class.getName(),
                server.uri("/a").toString(),
                temp.resolve("child").toString(),
                Integer.toString(RUNS),
                "6")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String output = Files.readString(log);
    assertThat(output).contains("complete=20\n", "threads=[]\n", "descriptors=[]\n");
    assertThat(direct(output).getLast()).isLessThan(64L << 20);
  }

  private static List<Long> direct(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("direct="))
        .map(line -> Long.parseLong(line.substring("direct=".length())))
        .toList();
  }

  @Test
  void aRunCannotAskForOtherCertificatesThanItsEngineHas() throws IOException {
    try (Engine engine = Engine.start()) {
      BulkDownloader insecure = BulkDownloader.into(folder(0)).insecure().engine(engine).build();
      assertThatThrownBy(() -> insecure.start(List.of(a())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("engine");
    }
  }

  private static Outcome outcome(Result result) {
    return result.files().getFirst().outcome();
  }
}
