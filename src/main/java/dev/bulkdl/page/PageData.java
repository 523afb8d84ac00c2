package dev.bulkdl.page;

import dev.bulkdl.report.FailureText;
import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.RateSummary;
import dev.bulkdl.report.RunReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All data of the page. Its script reads it as JSON, so field names must match the script. */
public record PageData(
    Head head,
    Curves.Drawn curves,
    Gantt gantt,
    List<Distribution> latencies,
    Distribution rate,
    RateSummary rates,
    List<FailureClass> failures,
    List<FailureList.Row> failed,
    List<TimelineBar> slowest,
    List<Host> hosts,
    long hostCount,
    List<String> summary) {

  private static final int HOSTS = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  /** The head of the page: the run in a few numbers. */
  public record Head(
      String version,
      String manifest,
      String outputDir,
      String startedAt,
      String tls,
      double elapsedSeconds,
      int exitCode,
      RunReport.FileCounts files,
      RunReport.ByteCounts bytes,
      RunReport.Throughput throughput,
      long retries,
      NavigableMap<String, Long> proofs) {}

  /**
   * The files over time. {@code bars} holds one in {@code every} of the {@code fetched} files, plus
   * the slowest and failed ones.
   */
  public record Gantt(long fetched, long every, List<TimelineBar> bars) {}

  public record FailureClass(String label, long files, String nextStep) {}

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
        Distribution.ofLeast("rate of a connection", measured.rate(), 1),
        measured.rates(),
        failures(report.failures()),
        kept.failed(),
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
        report.startedAt().toString(),
        report.tls(),
        report.elapsedSeconds(),
        report.exitCode(),
        report.files(),
        report.bytes(),
        report.throughput(),
        report.retries(),
        report.proofs());
  }

  private static List<FailureClass> failures(Map<String, Long> byLabel) {
    return byLabel.entrySet().stream()
        .map(
            each ->
                new FailureClass(
                    each.getKey(), each.getValue(), FailureText.nextStep(each.getKey())))
        .sorted(Comparator.comparingLong(FailureClass::files).reversed())
        .toList();
  }

  /** Sorted by delivered bytes, most first. */
  private static Stream<Host> hosts(RunReport report) {
    TreeSet<String> names = new TreeSet<>(report.hosts().keySet());
    names.addAll(report.servers().keySet());
    return names.stream()
        .map(name -> host(name, report))
        .sorted(Comparator.comparingLong(Host::bytes).reversed());
  }

  private static Host host(String name, RunReport report) {
    RunReport.Host asked =
        Optional.ofNullable(report.hosts().get(name)).orElse(new RunReport.Host(0, 0, 0, 0));
    RunReport.Server sent =
        Optional.ofNullable(report.servers().get(name)).orElse(new RunReport.Server(0, 0, 0, 0));
    return new Host(
        name,
        asked.files(),
        asked.errors(),
        asked.throttled(),
        sent.contents(),
        sent.bytes(),
        sent.bytesPerSecond());
  }
}
