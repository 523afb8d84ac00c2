package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.download;
import static dev.bulkdl.report.Samples.http;
import static dev.bulkdl.report.Samples.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.Connections;
import dev.bulkdl.report.RunReport.FailedFile;
import dev.bulkdl.report.RunReport.FailureGroup;
import dev.bulkdl.report.RunReport.FileCounts;
import dev.bulkdl.report.RunReport.Host;
import dev.bulkdl.report.RunReport.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunStatisticsTest {

  private static final Origin CDN = new Origin("https", "cdn.example", 443);

  private final Download download = download("a.bin");
  private final RunStatistics statistics = new RunStatistics("1.2.3");

  private void events(TransferEvent... events) {
    for (TransferEvent event : events) {
      statistics.onEvent(event);
    }
  }

  private RunReport report() {
    return statistics.report(0);
  }

  @Test
  void isEmptyBeforeTheRun() {
    assertThat(report().startedAt()).isEqualTo(Instant.EPOCH);
    assertThat(report().files()).isEqualTo(new FileCounts(0, 0, 0, 0, 0));
    assertThat(report().throughput()).isEqualTo(new Throughput(0, 0));
    assertThat(report().hosts()).isEmpty();
  }

  @Test
  void tellsOfTheRun() {
    events(Samples.started("https://user:hunter2@host.example/rows.csv", 1), Samples.runEnded());
    RunReport report = statistics.report(3);
    assertThat(report.version()).isEqualTo("1.2.3");
    assertThat(report.manifest()).isEqualTo("https://host.example/rows.csv");
    assertThat(report.outputDir()).isEqualTo("out");
    assertThat(report.startedAt()).isEqualTo(Samples.NOON);
    assertThat(report.elapsedSeconds()).isEqualTo(10.0);
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.withExitCode(4).exitCode()).isEqualTo(4);
    assertThat(report.withExitCode(3)).isEqualTo(report);
  }

  @Test
  void countsFilesAndBytesByOutcome() {
    events(
        Samples.completed(download, 100),
        Samples.completed(download, 200),
        Samples.skipped(download, 1000),
        Samples.failed(download, http(404)),
        Samples.cancelled(download),
        new TransferEvent.RowRejected(9, Map.of(), new Failure.Name("empty")));
    assertThat(report().files()).isEqualTo(new FileCounts(6, 2, 1, 2, 1));
    assertThat(report().bytes()).isEqualTo(new ByteCounts(315, 28, 12, 1300));
    assertThat(report().proofs()).isEqualTo(Map.of("etag", 2L, "length", 1L));
    assertThat(report().latencyMillis().file().count()).isEqualTo(2);
  }

  @Test
  void totalHoldsFilesThatAreStillToCome() {
    events(Samples.started("rows.csv", -1), Samples.completed(download, 1));
    assertThat(report().files().total()).isEqualTo(1);
    statistics.onProgress(progress(Duration.ofSeconds(1), 12, 0, 0));
    assertThat(report().files().total()).isEqualTo(12);
  }

  @Test
  void countsFailuresByClassAndByWhatCanBeDone() {
    events(
        Samples.failed(download, http(404)),
        Samples.failed(download, http(503)),
        Samples.failed(download, new Failure.Timeout("silent")),
        Samples.failed(download, new Failure.Disk("full", true)),
        Samples.cancelled(download));
    RunReport report = report();
    assertThat(report.failures()).isEqualTo(Map.of("http", 2L, "timeout", 1L, "disk", 1L));
    assertThat(report.permanentFailures()).isEqualTo(1);
    assertThat(report.transientFailures()).isEqualTo(2);
    assertThat(report.diskFailures()).isEqualTo(1);
    assertThat(report.files().cancelled()).isEqualTo(1);
  }

  @Test
  void countsFilesByTheManifestsOriginAndBytesByTheOneThatSentThem() {
    events(
        new TransferEvent.Delivered(CDN, 120, Duration.ofSeconds(2)),
        new TransferEvent.Retrying(download, CDN, 1, 10, http(429), Duration.ZERO),
        new TransferEvent.Retrying(download, CDN, 1, 10, new Failure.Reset("cut"), Duration.ZERO),
        new TransferEvent.OriginPaused(CDN, Duration.ofSeconds(1), http(429)),
        Samples.completed(download, 100),
        Samples.failed(download, http(503)),
        Samples.failed(download, new Failure.Disk("full", true)));
    assertThat(report().hosts())
        .isEqualTo(
            Map.of(
                "http://host.example:80",
                new Host(3, 0, 3, 2, 0, 0, 0, Connections.NONE),
                "https://cdn.example:443",
                new Host(0, 120, 0, 0, 1, 2, 60, Connections.NONE)));
    assertThat(report().retries()).isEqualTo(2);
  }

  @Test
  void theLastEndOfAFileThatIsTakenUpAgainCounts() {
    Outcome.Failed was = new Outcome.Failed(http(503), Samples.effort(10));
    events(
        new TransferEvent.FileEnded(download, was),
        new TransferEvent.Requeued(download, was),
        Samples.completed(download, 100));
    RunReport report = report();
    assertThat(report.files()).isEqualTo(new FileCounts(1, 1, 0, 0, 0));
    assertThat(report.bytes()).isEqualTo(new ByteCounts(100, 7, 3, 100));
    assertThat(report.failures()).isEmpty();
    assertThat(report.transientFailures()).isZero();
    assertThat(report.hosts())
        .isEqualTo(
            Map.of("http://host.example:80", new Host(1, 0, 1, 1, 0, 0, 0, Connections.NONE)));
    assertThat(report.failureGroups()).isEmpty();
    assertThat(report.failedFiles()).isEmpty();
  }

  @Test
  void groupsFailuresByStatusWithAFewNames() {
    for (int i = 0; i < 5; i++) {
      events(Samples.failed(download("gone" + i), http(404)));
    }
    events(
        Samples.failed(download("busy"), http(503)),
        new TransferEvent.RowRejected(9, Map.of(), new Failure.Name("empty")));
    assertThat(report().failureGroups())
        .extracting(FailureGroup::title, FailureGroup::files, FailureGroup::worthRetry)
        .containsExactly(
            tuple("404 Not Found", 5L, false),
            tuple("503 Service Unavailable", 1L, true),
            tuple("name", 1L, false));
    assertThat(report().failureGroups().getFirst().samples())
        .containsExactly("gone0", "gone1", "gone2");
    assertThat(report().failedFiles())
        .extracting(FailedFile::name)
        .startsWith("line 9", "busy", "gone4")
        .hasSize(7);
  }

  @Test
  void theListOfFailedFilesIsBoundedAndHoldsNoSecret() {
    for (int i = 0; i < FailureTally.LISTED + 5; i++) {
      events(Samples.failed(download("f" + i), http(404)));
    }
    events(Samples.failed(download("secret", Samples.SECRET_URL), http(404)));
    assertThat(report().failedFiles()).hasSize(FailureTally.LISTED);
    assertThat(report().failureGroups().getFirst().files()).isEqualTo(FailureTally.LISTED + 6);
    assertThat(report().toString()).doesNotContain(Samples.SECRET);
  }

  /** What was discarded is not in the bytes, so it is not in their mean rate either. */
  @Test
  void theMeanRateIsOfTheBytesThatTheReportNames() {
    statistics.onProgress(progress(Duration.ofSeconds(10), 1, 5_000_000, 0));
    assertThat(report().throughput().meanBytesPerSecond()).isZero();
    events(Samples.completed(download, 1000));
    assertThat(report().throughput().meanBytesPerSecond()).isEqualTo(100);
  }

  @Test
  void countsHostsBeyondTheLimitTogether() {
    IntStream.range(0, OriginTable.MOST + 5)
        .mapToObj(i -> download("a", "http://host" + i + ".example/a"))
        .forEach(file -> events(Samples.completed(file, 2)));
    assertThat(report().hosts())
        .hasSize(OriginTable.MOST + 1)
        .containsEntry(OriginTable.OTHERS, new Host(5, 0, 0, 0, 0, 0, 0, Connections.NONE));
  }

  @Test
  void recordsLatencies() {
    events(
        new TransferEvent.Connected(Duration.ofMillis(20)),
        new TransferEvent.Answered(download, CDN, 200, Duration.ofMillis(40)),
        new TransferEvent.Answered(download, CDN, 200, Duration.ofMillis(40)));
    assertThat(report().latencyMillis().connect().count()).isEqualTo(1);
    assertThat(report().latencyMillis().connect().max()).isBetween(20.0, 20.1);
    assertThat(report().latencyMillis().firstByte().count()).isEqualTo(2);
  }

  @Test
  void peakIsTheHighestRateOverASecond() {
    events(Samples.completed(download, 1000));
    statistics.onProgress(progress(Duration.ofMillis(250), 1, 900, 0));
    statistics.onProgress(progress(Duration.ofSeconds(1), 1, 950, 0));
    statistics.onProgress(progress(Duration.ofMillis(1250), 1, 1000, 0));
    statistics.onProgress(progress(Duration.ofSeconds(2), 1, 1000, 0));
    assertThat(report().throughput()).isEqualTo(new Throughput(500, 950));
  }

  @Test
  void aRunShorterThanASecondHasItsMeanAsPeak() {
    events(Samples.completed(download, 1000));
    statistics.onProgress(progress(Duration.ofMillis(500), 1, 1000, 0));
    assertThat(report().throughput()).isEqualTo(new Throughput(2000, 2000));
  }
}
