package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.FileCounts;
import dev.bulkdl.report.RunReport.Host;
import dev.bulkdl.report.RunReport.Server;
import dev.bulkdl.text.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats a {@link RunReport} as lines for people. Pure. */
public final class SummaryText {
  /** Percentiles of fewer values are meaningless. */
  private static final long ENOUGH = 10;

  private static final long MILLIS_ENOUGH = 1000;

  private SummaryText() {}

  /**
   * The summary: what was done, how it was verified, what is left and what to do about it. Every
   * line is safe to show.
   */
  public static List<String> lines(RunReport report) {
    return lines(report, Optional.empty());
  }

  /**
   * The summary with the command that finishes what is left.
   *
   * @param again that command; empty where nothing is known about the start of the program
   */
  public static List<String> lines(RunReport report, Optional<RunAgain> again) {
    List<String> lines = new ArrayList<>();
    lines.add(line("files", files(report.files())));
    lines.add(line("bytes", bytes(report)));
    addReuse(lines, report.bytes());
    addProofs(lines, report);
    if (report.retries() > 0) {
      lines.add(line("retries", Long.toString(report.retries())));
    }
    addServers(lines, report);
    addLatency(lines, "connect", report.latencyMillis().connect());
    addLatency(lines, "answer", report.latencyMillis().firstByte());
    addLatency(lines, "file", report.latencyMillis().file());
    addRate(lines, report.connectionBytesPerSecond());
    addUnfinished(lines, report);
    addPaths(lines, report);
    addAgain(lines, report, again.orElse(RunAgain.PLAIN));
    return List.copyOf(lines);
  }

  /** The summary of a run that leaves no files in {@code .bulkdl}. */
  public static List<String> linesWithoutFolder(RunReport report, RunAgain again) {
    List<String> paths = new ArrayList<>();
    addPaths(paths, report);
    List<String> lines = new ArrayList<>(lines(report, Optional.of(again)));
    lines.removeAll(paths);
    return List.copyOf(lines);
  }

  private static String line(String label, String text) {
    return label + " ".repeat(Math.max(1, 11 - label.length())) + text;
  }

  private static String files(FileCounts files) {
    return files.present()
        + " of "
        + files.total()
        + " are there: "
        + files.completed()
        + " completed, "
        + files.skipped()
        + " skipped; "
        + files.failed()
        + " failed, "
        + files.cancelled()
        + " cancelled";
  }

  private static String bytes(RunReport report) {
    return HumanFormat.bytes(report.bytes().downloaded())
        + " in "
        + HumanFormat.duration(Duration.ofMillis(Math.round(1000 * report.elapsedSeconds())))
        + ", mean "
        + HumanFormat.rate(report.throughput().meanBytesPerSecond())
        + ", peak "
        + HumanFormat.rate(report.throughput().peakBytesPerSecond());
  }

  private static void addReuse(List<String> lines, ByteCounts bytes) {
    if (bytes.resumed() > 0) {
      lines.add(line("resumed", HumanFormat.bytes(bytes.resumed()) + " from earlier runs"));
    }
    if (bytes.discarded() > 0) {
      lines.add(
          line("discarded", HumanFormat.bytes(bytes.discarded()) + " that could not be used"));
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

  /** The fastest and the slowest origin, if there are at least two. */
  private static void addServers(List<String> lines, RunReport report) {
    List<Map.Entry<String, Server>> bySpeed =
        report.servers().entrySet().stream()
            .filter(each -> each.getValue().contents() > 0)
            .sorted(Comparator.comparingLong(each -> each.getValue().bytesPerSecond()))
            .toList();
    if (bySpeed.size() > 1) {
      lines.add(line("fastest", server(bySpeed.getLast(), report)));
      lines.add(line("slowest", server(bySpeed.getFirst(), report)));
    }
  }

  private static String server(Map.Entry<String, Server> server, RunReport report) {
    Host asked =
        Optional.ofNullable(report.hosts().get(server.getKey())).orElse(new Host(0, 0, 0, 0));
    StringBuilder text = new StringBuilder(server.getKey());
    text.append(", ").append(HumanFormat.rate(server.getValue().bytesPerSecond()));
    text.append(" per connection, ").append(HumanFormat.bytes(server.getValue().bytes()));
    text.append(asked.errors() == 0 ? "" : ", errors " + asked.errors());
    text.append(asked.throttled() == 0 ? "" : ", asked to slow down " + asked.throttled());
    return text.toString();
  }

  private static void addLatency(List<String> lines, String label, LatencySummary latency) {
    if (latency.count() >= ENOUGH) {
      String text = "p50 " + HumanFormat.millis(latency.p50());
      text += ", p90 " + HumanFormat.millis(latency.p90());
      text += ", p99 " + HumanFormat.millis(latency.p99());
      lines.add(line(label, text + ", max " + HumanFormat.millis(latency.max())));
    }
  }

  private static void addRate(List<String> lines, RateSummary rate) {
    if (rate.millis() >= MILLIS_ENOUGH) {
      String text = "p50 " + HumanFormat.rate(rate.p50()) + " per connection";
      text += "; 10 % of the time at most " + HumanFormat.rate(rate.p10());
      lines.add(line("rate", text + ", 1 % at most " + HumanFormat.rate(rate.p1())));
    }
  }

  private static void addUnfinished(List<String> lines, RunReport report) {
    report
        .failures()
        .forEach((label, count) -> lines.add(line("failed", unfinished(count, label))));
    if (report.files().cancelled() > 0) {
      String label = Failure.Kind.CANCELLED.label();
      lines.add(line("stopped", unfinished(report.files().cancelled(), label)));
    }
    if (report.files().notBegun() > 0) {
      lines.add(
          line(
              "stopped", report.files().notBegun() + " not started; only the manifest lists them"));
    }
  }

  private static String unfinished(long count, String label) {
    return count + " " + label + ": " + FailureText.nextStep(label);
  }

  private static void addPaths(List<String> lines, RunReport report) {
    Path outputDir = Path.of(report.outputDir());
    Path ownFolder = outputDir.resolve(TargetName.OWN_FOLDER);
    Path failed = ownFolder.resolve(FailedCsv.FILE_NAME);
    lines.add(line("results", shown(ownFolder.resolve(ResultsCsv.FILE_NAME))));
    lines.add(line("report", shown(ownFolder.resolve(ReportFile.PAGE))));
    if (report.files().failed() + report.files().cancelled() > 0) {
      lines.add(line("to do", shown(failed)));
    }
  }

  private static void addAgain(List<String> lines, RunReport report, RunAgain command) {
    Path outputDir = Path.of(report.outputDir());
    Path failed = outputDir.resolve(TargetName.OWN_FOLDER).resolve(FailedCsv.FILE_NAME);
    if (report.files().present() < report.files().total()) {
      lines.add(line("run again", command.command(toDo(report, failed), shellWord(outputDir))));
      if (!command.toAdd().isEmpty()) {
        lines.add(line("add again", String.join(", ", command.toAdd())));
      }
    }
  }

  /**
   * The manifest for the next run. Rows that were not started are only in the original manifest,
   * not in failed.csv.
   */
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

  /** The path, quoted as one word for a POSIX shell. */
  public static String shellWord(Path path) {
    String text = unambiguous(shown(path));
    return text.matches("[\\w/.:+@%,][\\w/.:+@%,-]*")
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }

  /** A name that begins with - is no option, and one that begins with ~ not the home folder. */
  private static String unambiguous(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    return path.startsWith("-") || path.startsWith("~") ? "./" + path : path;
  }
}
