package dev.bulkdl.report;

import dev.bulkdl.model.Proof;
import dev.bulkdl.model.Redaction;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.FileCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A {@link RunReport} as lines for people. */
public final class SummaryText {

  private SummaryText() {}

  /** What was done, how it was proven, what is left and what to do about it; safe to be shown. */
  public static List<String> lines(RunReport report) {
    return lines(report, Optional.empty());
  }

  /**
   * The same.
   *
   * @param again the arguments that finish what is left, in place of the usual ones
   */
  public static List<String> lines(RunReport report, Optional<String> again) {
    List<String> lines = new ArrayList<>();
    lines.add(line("files", files(report.files())));
    lines.add(line("bytes", bytes(report)));
    addReuse(lines, report.bytes());
    addProofs(lines, report);
    lines.add(line("retries", Long.toString(report.retries())));
    addLatency(lines, "connect", report.latencyMillis().connect());
    addLatency(lines, "answer", report.latencyMillis().firstByte());
    addLatency(lines, "file", report.latencyMillis().file());
    addUnfinished(lines, report);
    addPaths(lines, report, again);
    return List.copyOf(lines);
  }

  private static String line(String label, String text) {
    return String.format("%-10s %s", label, text);
  }

  private static String files(FileCounts files) {
    return String.format(
        Locale.ROOT,
        "%d of %d are there: %d completed, %d skipped; %d failed, %d cancelled",
        files.present(),
        files.total(),
        files.completed(),
        files.skipped(),
        files.failed(),
        files.cancelled());
  }

  private static String bytes(RunReport report) {
    return String.format(
        "%s in %s, mean %s, peak %s",
        Humans.bytes(report.bytes().downloaded()),
        Humans.duration(Duration.ofMillis(Math.round(1000 * report.elapsedSeconds()))),
        Humans.rate(report.throughput().meanBytesPerSecond()),
        Humans.rate(report.throughput().peakBytesPerSecond()));
  }

  private static void addReuse(List<String> lines, ByteCounts bytes) {
    if (bytes.resumed() > 0) {
      lines.add(line("resumed", Humans.bytes(bytes.resumed()) + " from earlier runs"));
    }
    if (bytes.discarded() > 0) {
      lines.add(line("discarded", Humans.bytes(bytes.discarded()) + " that could not be used"));
    }
  }

  private static void addProofs(List<String> lines, RunReport report) {
    String proofs =
        Arrays.stream(Proof.values())
            .map(Proof::label)
            .filter(report.proofs()::containsKey)
            .map(label -> label + " " + report.proofs().get(label))
            .collect(Collectors.joining(", "));
    if (!proofs.isEmpty()) {
      lines.add(line("proven by", proofs));
    }
  }

  private static void addLatency(List<String> lines, String label, LatencySummary latency) {
    if (latency.count() > 0) {
      lines.add(
          line(
              label,
              String.format(
                  Locale.ROOT,
                  "p50 %.1f ms, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f",
                  latency.p50(),
                  latency.p90(),
                  latency.p99(),
                  latency.p999(),
                  latency.max())));
    }
  }

  private static void addUnfinished(List<String> lines, RunReport report) {
    report
        .failures()
        .forEach((label, count) -> lines.add(line("failed", unfinished(count, label))));
    if (report.files().cancelled() > 0) {
      lines.add(line("stopped", unfinished(report.files().cancelled(), "cancelled")));
    }
    if (report.files().notBegun() > 0) {
      lines.add(line("stopped", report.files().notBegun() + " not begun, and in no list"));
    }
  }

  private static String unfinished(long count, String label) {
    return count + " " + label + ": " + Causes.nextStep(label);
  }

  private static void addPaths(List<String> lines, RunReport report, Optional<String> again) {
    Path outputDir = Path.of(report.outputDir());
    Path ownFolder = outputDir.resolve(TargetName.OWN_FOLDER);
    Path failed = ownFolder.resolve(FailedCsv.FILE_NAME);
    lines.add(line("results", shown(ownFolder.resolve(ResultsCsv.FILE_NAME))));
    if (report.files().failed() + report.files().cancelled() > 0) {
      lines.add(line("to do", shown(failed)));
    }
    if (report.files().present() < report.files().total()) {
      String usual = toDo(report, failed) + " -d " + shellWord(outputDir);
      lines.add(line("run again", "java -jar bulkdl.jar " + again.orElse(usual)));
    }
  }

  /** Rows that had not begun stand in the manifest alone. */
  private static String toDo(RunReport report, Path failed) {
    if (report.files().notBegun() == 0) {
      return shellWord(failed);
    }
    boolean piped = report.manifest().equals("standard input");
    return piped ? "-" : shellWord(Path.of(report.manifest()));
  }

  private static String shown(Path path) {
    return Redaction.printable(path.toString());
  }

  /** The path as one word of a POSIX shell. */
  public static String shellWord(Path path) {
    String text = shown(path);
    return text.matches("[\\w/.:+@%,][\\w/.:+@%,-]*")
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }
}
