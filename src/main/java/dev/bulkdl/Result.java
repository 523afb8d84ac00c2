package dev.bulkdl;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport;
import java.time.Duration;
import java.util.List;

/**
 * The result of one run.
 *
 * @param files each file with its outcome, in the order in which the files ended
 * @param counts the number of files by outcome
 * @param received the number of content bytes received from the network and kept
 * @param elapsed the time from the start of the run to its end
 * @param exitCode the exit code that the command line has for this result: 0 if every file is
 *     present, 1 if a file failed for good, 3 if a further run may bring the rest, 4 if the local
 *     disk caused a failure
 */
public record Result(
    List<File> files, Counts counts, long received, Duration elapsed, int exitCode) {

  public Result {
    files = List.copyOf(files);
  }

  static Result of(RunReport report, List<File> files) {
    RunReport.FileCounts counted = report.files();
    return new Result(
        files,
        new Counts(
            counted.total(),
            counted.completed(),
            counted.skipped(),
            counted.failed(),
            counted.cancelled()),
        report.bytes().downloaded(),
        Duration.ofNanos(Math.round(report.elapsedSeconds() * 1e9)),
        report.exitCode());
  }

  /**
   * One file and its outcome. The outcome holds bytes, segments, range support and the result of
   * the check.
   */
  public record File(Download download, Outcome outcome) {}

  /**
   * The number of files by outcome. After a stop their sum may be below the total.
   *
   * @param total the number of files of the run
   */
  public record Counts(long total, long completed, long skipped, long failed, long cancelled) {}

  /** Returns true if every file is present. */
  public boolean isComplete() {
    return counts.completed() + counts.skipped() == counts.total();
  }
}
