package dev.bulkdl.report;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Proof;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.FailureGroup;
import dev.bulkdl.report.RunReport.FileCounts;
import dev.bulkdl.report.RunReport.Host;
import dev.bulkdl.text.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final double LONG_SECONDS = 10;
  private static final long MANY_FILES = 20;

  /** The hash functions among the proofs; the others compare no content with a known hash. */
  private static final List<Proof> HASHES =
      List.of(Proof.SHA512, Proof.SHA256, Proof.SHA1, Proof.MD5, Proof.CRC32C);

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
    return lines(report, again, false);
  }

  /**
   * The summary with the command that finishes what is left.
   *
   * @param again that command; empty where nothing is known about the start of the program
   * @param isVerbose whether a short run shows its latencies and rates too
   */
  public static List<String> lines(RunReport report, Optional<RunAgain> again, boolean isVerbose) {
    List<String> lines = new ArrayList<>(figures(report, isVerbose));
    addUnfinished(lines, report, FailureText.Place.COMMAND_LINE);
    addPaths(lines, report);
    addAgain(lines, report, again.orElse(RunAgain.PLAIN));
    return List.copyOf(lines);
  }

  /**
   * The summary for somebody who sees the files on a page: without commands, and without paths of a
   * machine that may be another.
   */
  public static List<String> linesOnPage(RunReport report) {
    List<String> lines = new ArrayList<>(figures(report, false));
    addUnfinished(lines, report.wordedFor(FailureText.Place.PAGE), FailureText.Place.PAGE);
    return List.copyOf(lines);
  }

  private static List<String> figures(RunReport report, boolean isVerbose) {
    List<String> lines = new ArrayList<>();
    lines.add(line("files", files(report)));
    lines.add(line("bytes", bytes(report)));
    addReuse(lines, report.bytes());
    addProofs(lines, report);
    if (report.retries() > 0) {
      lines.add(line("retries", Long.toString(report.retries())));
    }
    addPauses(lines, report);
    if (isVerbose || isLong(report)) {
      addHosts(lines, report);
      addLatency(lines, "connect", report.latencyMillis().connect());
      addLatency(lines, "answer", report.latencyMillis().firstByte());
      addLatency(lines, "file", report.latencyMillis().file());
      addRate(lines, report.connectionBytesPerSecond());
    }
    return lines;
  }

  /** Why it paused and ended, without pauses that nobody notices. */
  private static void addPauses(List<String> lines, RunReport report) {
    for (RunReport.Pause pause : report.pauses()) {
      if (pause.seconds() >= 1) {
        Duration all = Duration.ofMillis(Math.round(1000 * pause.seconds()));
        lines.add(line("paused", HumanFormat.duration(all) + ", " + pause.why()));
      }
    }
    report.endedEarly().ifPresent(why -> lines.add(line("ended", why)));
  }

  /** The summary of a run that leaves no files in {@code .bulkdl}. */
  public static List<String> linesWithoutFolder(RunReport report, RunAgain again) {
    List<String> paths = new ArrayList<>();
    addPaths(paths, report);
    List<String> lines = new ArrayList<>(lines(report, Optional.of(again)));
    lines.removeAll(paths);
    return List.copyOf(lines);
  }

  /** Latencies and rates of a shorter run are of no use. */
  private static boolean isLong(RunReport report) {
    return report.elapsedSeconds() >= LONG_SECONDS
        && report.files().present() + report.files().failed() >= MANY_FILES;
  }

  private static String line(String label, String text) {
    return label + " ".repeat(Math.max(1, 11 - label.length())) + text;
  }

  private static String files(RunReport report) {
    FileCounts files = report.files();
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
        + (report.stopped()
            ? files.unfinished() + " not finished"
            : files.cancelled() + " cancelled");
  }

  /** The rates are left out where the time is shown as 0:00. */
  private static String bytes(RunReport report) {
    String text =
        HumanFormat.bytes(report.bytes().downloaded())
            + " in "
            + HumanFormat.duration(Duration.ofMillis(Math.round(1000 * report.elapsedSeconds())));
    return report.elapsedSeconds() < 1 || report.bytes().downloaded() == 0
        ? text
        : text
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

  /** How many files were compared with a hash, and how many were not. */
  private static void addProofs(List<String> lines, RunReport report) {
    List<String> parts = new ArrayList<>();
    String checked =
        HASHES.stream()
            .map(Proof::label)
            .filter(report.proofs()::containsKey)
            .map(label -> label + " " + report.proofs().get(label))
            .collect(Collectors.joining(", "));
    long unchecked = unchecked(report);
    if (!checked.isEmpty()) {
      parts.add(checked);
    }
    if (unchecked > 0) {
      parts.add("not checked against a hash: " + unchecked);
    }
    if (!parts.isEmpty()) {
      lines.add(line("checked", String.join("; ", parts)));
    }
  }

  /** The number of present files whose content was not compared with a hash. */
  public static long unchecked(RunReport report) {
    long checked =
        HASHES.stream().mapToLong(hash -> report.proofs().getOrDefault(hash.label(), 0L)).sum();
    return report.proofs().values().stream().mapToLong(Long::longValue).sum() - checked;
  }

  /** The fastest and the slowest origin, if there are at least two. */
  private static void addHosts(List<String> lines, RunReport report) {
    List<Map.Entry<String, Host>> bySpeed =
        report.hosts().entrySet().stream()
            .filter(each -> each.getValue().contents() > 0)
            .sorted(Comparator.comparingLong(each -> each.getValue().bytesPerSecond()))
            .toList();
    if (bySpeed.size() > 1) {
      lines.add(line("fastest", host(bySpeed.getLast())));
      lines.add(line("slowest", host(bySpeed.getFirst())));
    }
  }

  private static String host(Map.Entry<String, Host> entry) {
    Host host = entry.getValue();
    StringBuilder text = new StringBuilder(entry.getKey());
    text.append(", ").append(HumanFormat.rate(host.bytesPerSecond()));
    text.append(" per connection, ").append(HumanFormat.bytes(host.bytes()));
    text.append(host.errors() == 0 ? "" : ", errors " + host.errors());
    text.append(host.throttled() == 0 ? "" : ", asked to slow down " + host.throttled());
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

  private static void addUnfinished(List<String> lines, RunReport report, FailureText.Place place) {
    for (FailureGroup group : report.failureGroups()) {
      lines.add(line("failed", group.files() + " x " + group.title() + ": " + group.nextStep()));
      lines.add(line("", names(group)));
    }
    String goesOn = FailureText.nextStep(Failure.Kind.CANCELLED, 0, place);
    FileCounts files = report.files();
    if (report.stopped() && files.unfinished() > 0) {
      lines.add(line("stopped", files.unfinished() + " not finished; " + goesOn));
    } else if (files.cancelled() > 0) {
      lines.add(line("cancelled", files.cancelled() + " by you; " + goesOn));
    }
    if (files.notBegun() > 0) {
      lines.add(
          line("", files.notBegun() + " of them were not started; only the manifest lists them"));
    }
  }

  private static String names(FailureGroup group) {
    long others = group.files() - group.samples().size();
    String names = String.join(", ", group.samples());
    return others == 0 ? names : names + ", and " + others + " more";
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
