package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.Connections;
import dev.bulkdl.report.RunReport.FailureGroup;
import dev.bulkdl.report.RunReport.FileCounts;
import dev.bulkdl.report.RunReport.Host;
import dev.bulkdl.report.RunReport.Latencies;
import dev.bulkdl.report.RunReport.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  private static final long MIB = 1 << 20;
  private static final LatencySummary FAST =
      new LatencySummary(10, 1, 2, 3, 444, 5_250, 6_000, 125_000);

  private static final List<FailureGroup> FAILED =
      List.of(
          new FailureGroup(
              "http",
              404,
              5,
              "404 Not Found",
              "gone; correct the URL",
              false,
              List.of("a.bin", "b.bin", "c.bin")),
          new FailureGroup("timeout", 0, 1, "timeout", "run again", true, List.of("d.bin")));

  private static RunReport report(String outputDir, FileCounts files, ByteCounts bytes) {
    return report(outputDir, files, bytes, 102.4, false, List.of());
  }

  private static RunReport report(
      String outputDir,
      FileCounts files,
      ByteCounts bytes,
      double seconds,
      boolean stopped,
      List<FailureGroup> failures) {
    return new RunReport(
        "1.2.3",
        "rows.csv",
        outputDir,
        NOON,
        "Conscrypt 2.9.0",
        seconds,
        1,
        files,
        bytes,
        new Throughput(100 * MIB, 210 * MIB),
        new Latencies(LatencySummary.EMPTY, FAST, FAST),
        12,
        new TreeMap<>(),
        new TreeMap<>(
            Map.of(
                "https://a.example:443",
                    new Host(300, 10000 * MIB, 0, 0, 300, 1000, 10 * MIB, Connections.NONE),
                "https://b.example:443",
                    new Host(20, 240 * MIB, 5, 3, 20, 120, 2 * MIB, Connections.NONE),
                "https://c.example:443", new Host(0, 0, 0, 0, 0, 0, 0, Connections.NONE))),
        new TreeMap<>(Map.of("sha256", 8L, "etag", 320L, "none", 1L)),
        1,
        1,
        0,
        new RateSummary(60_000, 0, 1, 2 * MIB, 3 * MIB, 4 * MIB, 5 * MIB, 6 * MIB, 7 * MIB),
        RunReport.SCHEMA_VERSION,
        "id",
        RunReport.State.ended,
        Optional.of(NOON),
        stopped,
        new TreeMap<>(),
        failures,
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static RunReport withFailures() {
    return report(
        "out",
        new FileCounts(336, 320, 9, 6, 1),
        new ByteCounts(10240 * MIB, 5 * MIB, 2 * MIB, 10245 * MIB),
        102.4,
        false,
        FAILED);
  }

  @Test
  void tellsEverythingOfARunWithFailures() {
    assertThat(SummaryText.lines(withFailures()))
        .containsExactly(
            "files      329 of 336 are there: 320 completed, 9 skipped; 6 failed, 1 cancelled",
            "bytes      10.0 GiB in 1:42, mean 100.0 MiB/s, peak 210.0 MiB/s",
            "resumed    5.0 MiB from earlier runs",
            "discarded  2.0 MiB that could not be used",
            "checked    sha256 8; not checked against a hash: 321",
            "retries    12",
            "fastest    https://a.example:443, 10.0 MiB/s per connection, 9.8 GiB",
            "slowest    https://b.example:443, 2.0 MiB/s per connection, 240.0 MiB, errors 5,"
                + " asked to slow down 3",
            "answer     p50 3.0 ms, p90 444.0 ms, p99 5.3 s, max 2:05",
            "file       p50 3.0 ms, p90 444.0 ms, p99 5.3 s, max 2:05",
            "rate       p50 4.0 MiB/s per connection; 10 % of the time at most 3.0 MiB/s,"
                + " 1 % at most 2.0 MiB/s",
            "failed     5 x 404 Not Found: gone; correct the URL",
            "           a.bin, b.bin, c.bin, and 2 more",
            "failed     1 x timeout: run again",
            "           d.bin",
            "cancelled  1 by you; run again, it continues where it stopped",
            "results    out/.bulkdl/results.csv",
            "report     out/.bulkdl/report.html",
            "to do      out/.bulkdl/failed.csv",
            "run again  bulkdl out/.bulkdl/failed.csv -d out");
  }

  /** Nobody who reads a page can run a command or open a path of the daemon's machine. */
  @Test
  void aPageGetsNoCommandAndNoPath() {
    List<String> lines = SummaryText.linesOnPage(withFailures());
    assertThat(lines)
        .contains(
            "failed     5 x 404 Not Found: gone; correct the URL",
            "failed     1 x timeout: retry",
            "cancelled  1 by you; retry, it continues where it stopped")
        .noneMatch(line -> line.contains("run again") || line.contains("out/"));
  }

  @Test
  void leavesLatenciesAndRatesOfAShortRunOut() {
    FileCounts files = new FileCounts(30, 30, 0, 0, 0);
    ByteCounts bytes = new ByteCounts(MIB, 0, 0, MIB);
    RunReport shortRun = report("out", files, bytes, 9.9, false, List.of());
    RunReport fewFiles =
        report("out", new FileCounts(19, 19, 0, 0, 0), bytes, 60, false, List.of());
    RunReport longRun = report("out", files, bytes, 10, false, List.of());
    String timings = "(fastest|slowest|answer|file|rate) .*";
    assertThat(SummaryText.lines(shortRun)).noneMatch(line -> line.matches(timings));
    assertThat(SummaryText.lines(fewFiles)).noneMatch(line -> line.matches(timings));
    assertThat(SummaryText.lines(longRun).stream().filter(line -> line.matches(timings)))
        .hasSize(5);
    assertThat(
            SummaryText.lines(shortRun, Optional.empty(), true).stream()
                .filter(line -> line.matches(timings)))
        .hasSize(5);
  }

  @Test
  void aRateIsOnlyShownWithTheBytesAndTheTimeThatItComesFrom() {
    FileCounts files = new FileCounts(1, 0, 1, 0, 0);
    assertThat(
            SummaryText.lines(
                report("out", files, new ByteCounts(0, 0, 0, 9), 12, false, List.of())))
        .contains("bytes      0 B in 0:12");
    assertThat(
            SummaryText.lines(
                report("out", files, new ByteCounts(MIB, 0, 0, 9), 0.4, false, List.of())))
        .contains("bytes      1.0 MiB in 0:00");
  }

  @Test
  void tellsOfACleanRunInFewLines() {
    RunReport report = report("out", new FileCounts(1, 1, 0, 0, 0), new ByteCounts(17, 0, 0, 17));
    assertThat(SummaryText.lines(report))
        .noneMatch(line -> line.matches("(failed|stopped|resumed|discarded|to do|run again) .*"))
        .last()
        .isEqualTo("report     out/.bulkdl/report.html");
  }

  @Test
  void tellsOfASmallRunInFewLines() {
    RunStatistics statistics = new RunStatistics("1.2.3");
    Download file = Samples.download("a.bin");
    statistics.onEvent(Samples.started("rows.csv", 1));
    statistics.onEvent(new TransferEvent.Connected(Duration.ofMillis(20)));
    statistics.onEvent(new TransferEvent.Delivered(file.origin(), 100, Duration.ofMillis(30)));
    statistics.onEvent(Samples.completed(file, 100));
    assertThat(SummaryText.lines(statistics.report(0)))
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly("files", "bytes", "resumed", "discarded", "checked", "results", "report");
  }

  @Test
  void quotesAPathForTheShellAndEscapesIt() {
    RunReport report =
        report("it's\u001b mine", new FileCounts(1, 0, 0, 1, 0), new ByteCounts(0, 0, 0, 0));
    assertThat(SummaryText.lines(report))
        .last()
        .isEqualTo(
            "run again  bulkdl 'it'\\''s\\u001b mine/.bulkdl/failed.csv'"
                + " -d 'it'\\''s\\u001b mine'");
  }

  @Test
  void namesTheManifestWhereRowsHadNotBegun() {
    FileCounts files = new FileCounts(1000, 1, 0, 0, 9);
    ByteCounts nothing = new ByteCounts(0, 0, 0, 0);
    RunReport report = report("out", files, nothing, 102.4, true, List.of());
    assertThat(SummaryText.lines(report))
        .contains(
            "files      1 of 1000 are there: 1 completed, 0 skipped; 0 failed, 999 not finished",
            "stopped    999 not finished; run again, it continues where it stopped",
            "           990 of them were not started; only the manifest lists them")
        .endsWith("run again  bulkdl rows.csv -d out");
    assertThat(SummaryText.lines(report, Optional.of(new Known())))
        .endsWith("run again  java -jar b.jar rows.csv -d out -j 2", "add again  --header X-Key");
  }

  private record Known() implements RunAgain {
    @Override
    public String command(String list, String folder) {
      return "java -jar b.jar " + list + " -d " + folder + " -j 2";
    }

    @Override
    public List<String> toAdd() {
      return List.of("--header X-Key");
    }
  }
}
