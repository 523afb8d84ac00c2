package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class RunLogTest {

  private static final Failure BUSY =
      new Failure.Http(429, "429 Too Many Requests", Optional.empty());

  private static final Download DOWNLOAD = download("a b.bin", Samples.SECRET_URL);
  private static final Origin ORIGIN = DOWNLOAD.origin();

  private static final List<TransferEvent> RUN =
      List.of(
          Samples.started("rows.csv", 2),
          new TransferEvent.RowRejected(3, Map.of(), new Failure.Name("bad\nrow")),
          new TransferEvent.FileStarted(DOWNLOAD),
          new TransferEvent.Connected(Duration.ofMillis(20)),
          new TransferEvent.Answered(DOWNLOAD, ORIGIN, 200, Duration.ofMillis(40)),
          new TransferEvent.Delivered(ORIGIN, 100, Duration.ofMillis(50)),
          new TransferEvent.Retrying(
              DOWNLOAD, ORIGIN, 1, 10, new Failure.Reset("said \"no\""), Duration.ofMillis(300)),
          new TransferEvent.Restarted(DOWNLOAD, 17, "another ETag"),
          new TransferEvent.OriginPaused(ORIGIN, Duration.ofSeconds(2), BUSY),
          new TransferEvent.OutageBegan(),
          new TransferEvent.OutageEnded(Duration.ofSeconds(3)),
          Samples.completed(DOWNLOAD, 100),
          Samples.skipped(DOWNLOAD, 100),
          Samples.failed(DOWNLOAD, new Failure.Connect("to " + Samples.SECRET_URL)),
          Samples.cancelled(DOWNLOAD),
          Samples.runEnded());

  @TempDir Path folder;

  private static RunLog open(Path file, LogFormat format, boolean verbose, long maxSize)
      throws IOException {
    RunLog.Style style = new RunLog.Style(format, verbose, maxSize);
    return RunLog.open(file, style, InstantSource.fixed(Samples.NOON));
  }

  private List<String> log(LogFormat format, boolean verbose) throws IOException {
    Path file = folder.resolve("run.log");
    try (RunLog log = open(file, format, verbose, 0)) {
      RUN.forEach(log::onEvent);
      assertThat(log.failure()).isEmpty();
    }
    return Files.readAllLines(file);
  }

  @Test
  void textHasALineForEachEvent() throws IOException {
    String at = "2025-06-01T12:00:00Z ";
    String file = " file=\"a b.bin\"";
    String origin = " origin=https://host.example:443";
    String url = "https://host.example/a.bin?token=***&part=1";
    assertThat(log(LogFormat.TEXT, true))
        .containsExactly(
            at + "run-started run=id manifest=rows.csv outputDir=out files=2",
            at + "row-rejected line=3 cause=\"name: bad\\\\u000arow\"",
            at + "file-started" + file + " url=" + url,
            at + "connected millis=20",
            at + "answered" + file + origin + " status=200 millis=40",
            at + "delivered" + origin + " bytes=100 millis=50",
            at
                + "retrying"
                + file
                + " attempt=1"
                + origin
                + " delayMillis=300 cause=\"reset: said \\\"no\\\"\"",
            at + "restarted" + file + " discarded=17 cause=\"another ETag\"",
            at
                + "origin-paused"
                + origin
                + " delayMillis=2000 cause=\"http: 429 Too Many Requests\"",
            at + "outage-began",
            at + "outage-ended millis=3000",
            at
                + "file-ended"
                + file
                + " attempts=2 bytes=100 status=completed millis=1500 proof=etag",
            at + "file-ended" + file + " attempts=0 bytes=0 status=skipped millis=0 proof=length",
            at
                + "file-ended"
                + file
                + " attempts=2 bytes=10 status=failed millis=1500 cause=\"connect: to "
                + url
                + "\"",
            at + "file-ended" + file + " attempts=2 bytes=5 status=cancelled millis=1500",
            at + "run-ended millis=10000");
  }

  @Test
  void jsonHasTheSameFieldsInTheSameOrder() throws IOException {
    List<String> lines = log(LogFormat.JSON, true);
    assertThat(lines).hasSize(RUN.size());
    assertThat(lines.get(6))
        .isEqualTo(
            "{\"time\":\"2025-06-01T12:00:00Z\",\"event\":\"retrying\",\"file\":\"a b.bin\","
                + "\"attempt\":1,\"origin\":\"https://host.example:443\",\"delayMillis\":300,"
                + "\"cause\":\"reset: said \\\"no\\\"\"}");
    assertThat(lines).allSatisfy(line -> JsonMapper.shared().readTree(line));
  }

  @Test
  void holdsNoSecret() throws IOException {
    assertThat(log(LogFormat.TEXT, true)).noneMatch(line -> line.contains(Samples.SECRET));
    assertThat(log(LogFormat.JSON, true)).noneMatch(line -> line.contains(Samples.SECRET));
  }

  @Test
  void leavesConnectionsAndAnswersOutUnlessVerbose() throws IOException {
    assertThat(log(LogFormat.TEXT, false))
        .hasSize(RUN.size() - 3)
        .noneMatch(line -> line.matches(".* (connected|delivered|answered) .*"));
  }

  @Test
  void appendsToAnEarlierLog() throws IOException {
    Files.writeString(folder.resolve("run.log"), "earlier\n");
    assertThat(log(LogFormat.TEXT, true)).hasSize(RUN.size() + 1).startsWith("earlier");
  }

  @Test
  void keepsLinesWholeWhenManyThreadsLog() throws IOException {
    Path file = folder.resolve("run.log");
    try (RunLog log = open(file, LogFormat.JSON, false, 0)) {
      IntStream.range(0, 2_000)
          .parallel()
          .forEach(i -> log.onEvent(Samples.cancelled(download("file" + i))));
    }
    assertThat(
            Files.readAllLines(file).stream()
                .map(line -> JsonMapper.shared().readTree(line).get("file").asString()))
        .hasSize(2_000)
        .doesNotHaveDuplicates();
  }

  /**
   * Many threads log at once. The two files contain the newest events, each exactly once and
   * complete.
   */
  @Test
  void keepsTheNewestLinesWhenItIsSetAsideInMidRun() throws IOException {
    Path file = folder.resolve("run.log");
    int limit = 20_000;
    try (RunLog log = open(file, LogFormat.JSON, false, limit)) {
      IntStream.range(0, 2_000)
          .parallel()
          .forEach(i -> log.onEvent(Samples.cancelled(download("file" + i))));
      log.onEvent(Samples.runEnded());
    }
    Path aside = folder.resolve("run.log.1");
    assertThat(Files.size(file)).isLessThanOrEqualTo(limit);
    assertThat(Files.size(aside)).isBetween(limit - 200L, (long) limit);
    assertThat(Stream.of(aside, file).flatMap(RunLogTest::lines))
        .allSatisfy(line -> JsonMapper.shared().readTree(line))
        .doesNotHaveDuplicates()
        .last()
        .asString()
        .contains("run-ended");
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @EnabledIf("hasFullDevice")
  void goesOnWhenTheDiskIsFull() throws IOException {
    RunLog log = open(Path.of("/dev/full"), LogFormat.TEXT, true, 100);
    RUN.forEach(log::onEvent);
    log.close();
    assertThat(log.failure()).isPresent();
  }

  static boolean hasFullDevice() {
    return Files.isWritable(Path.of("/dev/full"));
  }
}
