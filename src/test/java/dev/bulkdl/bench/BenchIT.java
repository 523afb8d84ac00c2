package dev.bulkdl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.testkit.BulkdlProcess;
import dev.bulkdl.testkit.BulkdlProcess.Result;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.FaultServer;
import dev.bulkdl.testkit.IntervalLog;
import dev.bulkdl.testkit.JarRun;
import dev.bulkdl.testkit.Payload;
import dev.bulkdl.testkit.Trees;
import dev.bulkdl.testkit.UnreachablePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the bench as users do, and compares every number with the server's own counts. */
class BenchIT {

  private static final int MIB = 1 << 20;
  private static final List<String> LEFT = List.of("bench.hlog", "bench.json", "files.csv");

  private final FaultServer server = FaultServer.http();

  @TempDir private Path folder;

  @AfterEach
  void closeServer() {
    server.close();
  }

  private JarRun bench(Object... options) throws IOException {
    return benchOf(server.uri("/a"), options);
  }

  private JarRun benchOf(URI url, Object... options) throws IOException {
    Files.writeString(folder.resolve("files.csv"), "filename,url\na.bin," + url + "\n");
    return JarRun.of("bench", "files.csv", "--warmup", "0").and(options).quick().in(folder);
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(folder.resolve("bench.json"));
  }

  /**
   * Each connection receives 2 MiB and then stalls, so 4 connections receive 4 times the bytes of
   * one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"discard", "disk"})
  void countsWhatTheServerSentToEachNumberOfConnections(String sink) throws IOException {
    server.serve("/a", new Payload(1, 8 * MIB)).always("/a", new Fault.Stall(2 * MIB));
    Result result =
        bench("--connections", "1,4", "--duration", "4s", "-s", 1, "--sink", sink, "--json").run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(JsonMapper.shared().readTree(result.out())).isEqualTo(json());
    assertThat(json().at("/sink").asString()).isEqualTo(sink);
    assertThat(json().at("/cells/0/bytes").asLong()).isEqualTo(2 * MIB);
    assertThat(json().at("/cells/1/bytes").asLong()).isEqualTo(4 * 2 * MIB);
    assertThat(server.bytesServed()).isEqualTo((1 + 4) * 2 * MIB);
    assertThat(json().at("/sweep/1/latencyMillis/connect/count").asInt()).isEqualTo(4);
    assertThat(Trees.names(folder)).isEqualTo(LEFT);
  }

  /** With {@code --files 1}, one file uses all connections. */
  @Test
  void measuresOneSplitFile() throws IOException {
    server.serve("/a", new Payload(1, 8 * MIB)).always("/a", new Fault.Stall(MIB));
    Result result =
        bench("--connections", 4, "--files", 1, "--segment-min", "1M", "--duration", "4s").run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(json().at("/cells/0/bytes").asLong()).isEqualTo(4 * MIB);
    assertThat(server.requests()).extracting(seen -> seen.path()).containsOnly("/a");
    assertThat(server.traffic().bytesServed()).isEqualTo(4 * MIB);
  }

  /** Each file takes a tenth of a second: more of them would show the same, and keep others off. */
  @ParameterizedTest
  @ValueSource(strings = {"discard", "disk"})
  void countsFilesAndReadsItsLogBack(String sink) throws IOException {
    Payload payload = new Payload(1, 10_000);
    server.serve("/a", payload).always("/a", new Fault.Throttle(100_000));
    Result result =
        bench("--connections", "1,2", "--duration", "3s", "--repeat", 2, "--sink", sink).run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(4);
    assertThat(json().at("/cells")).hasSize(4);
    long files = 0;
    long bytes = 0;
    Map<String, Long> counts = new HashMap<>();
    for (JsonNode cell : json().at("/cells")) {
      files += cell.at("/files").asLong();
      bytes += cell.at("/bytes").asLong();
      assertThat(cell.at("/files").asLong()).isPositive();
      for (String name : List.of("connect", "firstByte", "file")) {
        counts.merge(
            name + "-" + cell.at("/connections").asInt(),
            cell.at("/latencyMillis/" + name + "/count").asLong(),
            Long::sum);
      }
      counts.merge(
          "rate-" + cell.at("/connections").asInt(),
          cell.at("/connectionBytesPerSecond/millis").asLong(),
          Long::sum);
    }
    assertThat(files).isLessThanOrEqualTo(server.requests("/a").size());
    assertThat(bytes).isBetween(files * payload.size(), server.bytesServed());
    assertThat(IntervalLog.counts(folder.resolve("bench.hlog"))).isEqualTo(counts);
    assertThat(Trees.names(folder)).isEqualTo(LEFT);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsItWithWhatWasMeasured(String signal, int code) throws IOException {
    server.serve("/a", new Payload(1, 100 * MIB)).always("/a", new Fault.Throttle(MIB));
    try (BulkdlProcess process =
        bench("--connections", "2,4", "--duration", "1h", "--sink", "disk").start()) {
      server.awaitBytesServed("/a", 6 * MIB);
      process.signal(signal);
      Result result = process.awaitExit();
      assertThat(result.exit()).as(result.err()).isEqualTo(code);
      assertThat(result.out().lines()).hasSize(3);
    }
    assertThat(json().at("/exitCode").asInt()).isEqualTo(code);
    assertThat(json().at("/cells")).hasSize(1);
    assertThat(json().at("/cells/0/bytes").asLong()).isBetween(1L, server.bytesServed());
    assertThat(Trees.names(folder)).isEqualTo(LEFT);
  }

  @Test
  void aRowThatFailsForGoodIsAskedForOnce() throws IOException {
    Result result = bench("--duration", "1h").run();
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains("errors 1, the first at line 2: http: ");
    assertThat(server.requests()).hasSize(1);
    assertThat(json().at("/cells/0/failures/http").asInt()).isEqualTo(1);
  }

  @Test
  void anUnreachableServerEndsItAfterOneCell() throws IOException {
    try (UnreachablePort port = UnreachablePort.refusing()) {
      Result result = benchOf(port.uri("/a"), "--duration", "1s", "--connections", "1,2").run();
      assertThat(result.exit()).as(result.err()).isEqualTo(3);
      assertThat(json().at("/cells")).hasSize(1);
      assertThat(json().at("/sweep/0/errors").asInt()).isPositive();
    }
  }

  @Test
  void doesNotReplaceAFileUnlessTold() throws IOException {
    server.serve("/a", new Payload(1, 1000)).always("/a", new Fault.Throttle(10_000));
    Files.writeString(folder.resolve("bench.hlog"), "mine");
    Result refused = bench("--connections", 1, "--duration", "1ms").run();
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("bench.hlog is there already").contains("--overwrite");
    assertThat(server.requests()).isEmpty();
    assertThat(folder.resolve("bench.hlog")).hasContent("mine");
    Result told = bench("--connections", 1, "--duration", "3s", "--overwrite").run();
    assertThat(told.exit()).as(told.err()).isZero();
    assertThat(IntervalLog.counts(folder.resolve("bench.hlog"))).containsKey("connect-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--connections 0",
        "--connections 1,x",
        "--duration 0s",
        "--warmup 5x",
        "--repeat 0",
        "--files 0",
        "--sink tape",
        "--max-connections 5",
        "--max-files 5",
        "--max-per-host 5"
      })
  void refusesAWrongOption(String option) throws IOException {
    Result result = bench((Object[]) option.split(" ", -1)).run();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(option.split(" ", -1)[0]);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void theHelpSaysHowItIsMeasured() throws IOException {
    Result help = bench("--help").run();
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("coordinated omission").doesNotContain("--max-connections");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 100);
  }
}
