package dev.bulkdl.page;

import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.SummaryText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Stream;

/** All data of the page. Its script reads it as JSON, so field names must match the script. */
public record PageData(
    Head head,
    Curves.Drawn curves,
    Gantt gantt,
    List<Distribution> latencies,
    List<RateShare> rates,
    List<RunReport.FailureGroup> failures,
    List<RunReport.FailedFile> failed,
    List<TimelineBar> slowest,
    List<Host> hosts,
    long hostCount,
    List<String> summary) {

  private static final int HOSTS = 100;
  private static final int FAILED = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  /** The head of the page: the run in a few numbers. */
  public record Head(
      String version,
      String manifest,
      String outputDir,
      String runId,
      String startedAt,
      String endedAt,
      boolean stopped,
      NavigableMap<String, String> options,
      String tls,
      double elapsedSeconds,
      int exitCode,
      RunReport.FileCounts files,
      RunReport.ByteCounts bytes,
      RunReport.Throughput throughput,
      long retries,
      long unchecked,
      boolean hasFailedCsv) {}

  /**
   * The files over time. {@code bars} holds one in {@code every} of the {@code fetched} files, plus
   * the slowest and failed ones.
   */
  public record Gantt(long fetched, long every, List<TimelineBar> bars) {}

  /**
   * One origin.
   *
   * @param files manifest rows with this origin
   * @param contents response bodies that it sent, also as the target of redirects
   */
  public record Host(
      String name,
      long files,
      long errors,
      long throttled,
      long contents,
      long bytes,
      long bytesPerSecond) {}

  static PageData of(
      RunReport report, RunHistory history, Histograms measured, List<String> summary) {
    RunHistory.Kept kept = history.kept();
    return new PageData(
        head(report),
        kept.curves(),
        new Gantt(kept.fetched(), kept.every(), kept.bars()),
        List.of(
            Distribution.ofGreatest("connect", measured.connect(), NANOS_PER_MILLI),
            Distribution.ofGreatest("first byte", measured.firstByte(), NANOS_PER_MILLI),
            Distribution.ofGreatest("whole file", measured.file(), NANOS_PER_MILLI)),
        RateShare.of(measured.rate()),
        report.failureGroups(),
        report.failedFiles().stream().limit(FAILED).toList(),
        kept.slowest(),
        hosts(report).limit(HOSTS).toList(),
        hosts(report).count(),
        summary);
  }

  private static Head head(RunReport report) {
    return new Head(
        report.version(),
        Texts.clipped(report.manifest(), 300),
        Texts.clipped(report.outputDir(), 300),
        report.runId(),
        report.startedAt().toString(),
        report.endedAt().map(Instant::toString).orElse(""),
        report.stopped(),
        report.options(),
        report.tls(),
        report.elapsedSeconds(),
        report.exitCode(),
        report.files(),
        report.bytes(),
        report.throughput(),
        report.retries(),
        SummaryText.unchecked(report),
        report.files().failed() + report.files().cancelled() > 0);
  }

  /** Sorted by delivered bytes, most first. */
  private static Stream<Host> hosts(RunReport report) {
    return report.hosts().entrySet().stream()
        .map(each -> host(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingLong(Host::bytes).reversed());
  }

  private static Host host(String name, RunReport.Host host) {
    return new Host(
        name,
        host.files(),
        host.errors(),
        host.throttled(),
        host.contents(),
        host.bytes(),
        host.bytesPerSecond());
  }
}
