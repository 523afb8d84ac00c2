package dev.bulkdl;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport;
import java.util.List;

/**
 * The outcomes of the files of one run.
 *
 * @param report the numbers of the run; its exit code is 0 if every file is present
 * @param files each file with its outcome, in the order in which the files ended
 */
public record Result(RunReport report, List<File> files) {

  public Result {
    files = List.copyOf(files);
  }

  /**
   * One file and its outcome. The outcome holds bytes, segments, range support and the result of
   * the check.
   */
  public record File(Download download, Outcome outcome) {}

  /** Returns true if every file is present. */
  public boolean isComplete() {
    return report.files().present() == report.files().total();
  }
}
