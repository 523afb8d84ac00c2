package dev.bulkdl.report;

import static dev.bulkdl.report.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.Download;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.FileCounts;
import dev.bulkdl.report.RunReport.Host;
import dev.bulkdl.report.RunReport.Latencies;
import dev.bulkdl.report.RunReport.Server;
import dev.bulkdl.report.RunReport.Throughput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

  private static final long MIB = 1 << 20;
  private static final LatencySummary FAST =
      new LatencySummary(10, 1, 2, 3, 444, 5_250, 6_000, 125_000);

  private static RunReport report(
      String outputDir, FileCounts files, ByteCounts bytes, NavigableMap<String, Long> failures) {
    return new RunReport(
        "1.2.3",
        "rows.csv",
        outputDir,
        NOON,
        "Conscrypt 2.9.0",
        102.4,
        1,
        files,
        bytes,
        new Throughput(100 * MIB, 210 * MIB),
        new Latencies(LatencySummary.EMPTY, FAST, FAST),
        12,
        failures,
        new TreeMap<>(Map.of("https://b.example:443", new Host(20, 240 * MIB, 5, 3))),
        new TreeMap<>(Map.of("sha256", 8L, "etag", 320L, "none", 1L)),
        1,
        1,
        0,
        new RateSummary(60_000, 0, 1, 2 * MIB, 3 * MIB, 4 * MIB, 5 * MIB, 6 * MIB, 7 * MIB),
        new TreeMap<>(
            Map.of(
                "https://a.example:443", new Server(300, 10000 * MIB, 1000, 10 * MIB),
                "https://b.example:443", new Server(20, 240 * MIB, 120, 2 * MIB),
                "https://c.example:443", new Server(0, 0, 0, 0))));
  }

  @Test
  void tellsEverythingOfARunWithFailures() {
    RunReport report =
        report(
            "out",
            new FileCounts(333, 320, 9, 3, 1),
            new ByteCounts(10240 * MIB, 5 * MIB, 2 * MIB, 10245 * MIB),
            new TreeMap<>(Map.of("http", 2L, "timeout", 1L)));
    assertThat(SummaryText.lines(report))
        .containsExactly(
            "files      329 of 333 are there: 320 completed, 9 skipped; 3 failed, 1 cancelled",
            "bytes      10.0 GiB in 1:42, mean 100.0 MiB/s, peak 210.0 MiB/s",
            "resumed    5.0 MiB from earlier runs",
            "discarded  2.0 MiB that could not be used",
            "proven by  sha256 8, etag 320, none 1",
            "retries    12",
            "fastest    https://a.example:443, 10.0 MiB/s per connection, 9.8 GiB",
            "slowest    https://b.example:443, 2.0 MiB/s per connection, 240.0 MiB, errors 5,"
                + " asked to slow down 3",
            "answer     p50 3.0 ms, p90 444.0 ms, p99 5.3 s, max 2:05",
            "file       p50 3.0 ms, p90 444.0 ms, p99 5.3 s, max 2:05",
            "rate       p50 4.0 MiB/s per connection; 10 % of the time at most 3.0 MiB/s,"
                + " 1 % at most 2.0 MiB/s",
            "failed     2 http: see the status in results.csv; correct the URL or the access,"
                + " then run again",
            "failed     1 timeout: run again; --response-timeout and --idle-timeout wait longer",
            "stopped    1 cancelled: run again: it continues where it stopped",
            "results    out/.bulkdl/results.csv",
            "report     out/.bulkdl/report.html",
            "to do      out/.bulkdl/failed.csv",
            "run again  bulkdl out/.bulkdl/failed.csv -d out");
  }

  @Test
  void tellsOfACleanRunInFewLines() {
    RunReport report =
        report("out", new FileCounts(1, 1, 0, 0, 0), new ByteCounts(17, 0, 0, 17), new TreeMap<>());
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
        .containsExactly("files", "bytes", "resumed", "discarded", "proven", "results", "report");
  }

  @Test
  void quotesAPathForTheShellAndEscapesIt() {
    RunReport report =
        report(
            "it's\u001b mine",
            new FileCounts(1, 0, 0, 1, 0),
            new ByteCounts(0, 0, 0, 0),
            new TreeMap<>(Map.of("dns", 1L)));
    assertThat(SummaryText.lines(report))
        .last()
        .isEqualTo(
            "run again  bulkdl 'it'\\''s\\u001b mine/.bulkdl/failed.csv'"
                + " -d 'it'\\''s\\u001b mine'");
  }

  @Test
  void namesTheManifestWhereRowsHadNotBegun() {
    FileCounts files = new FileCounts(1000, 1, 0, 0, 9);
    RunReport report = report("out", files, new ByteCounts(0, 0, 0, 0), new TreeMap<>());
    assertThat(SummaryText.lines(report))
        .contains("stopped    990 not started; only the manifest lists them")
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
