package dev.bulkdl;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.RunReport;
import java.util.List;

/**
 * What became of the files of one run.
 *
 * @param report the run in numbers; its exit code is 0 where every file is there
 * @param files each file with its outcome, in the order in which they ended
 */
public record Result(RunReport report, List<File> files) {

  public Result {
    files = List.copyOf(files);
  }

  /** One file and how it ended: bytes, segments, range support and proof are in the outcome. */
  public record File(Download download, Outcome outcome) {}

  /** Whether every file is there. */
  public boolean isComplete() {
    return report.files().present() == report.files().total();
  }
}
