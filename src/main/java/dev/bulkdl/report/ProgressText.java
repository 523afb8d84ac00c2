package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent.OriginPaused;
import dev.bulkdl.event.TransferEvent.Restarted;
import dev.bulkdl.event.TransferEvent.Retrying;
import dev.bulkdl.report.RunReport.ByteCounts;
import dev.bulkdl.report.RunReport.FileCounts;
import java.time.Duration;
import java.util.OptionalLong;

/** The texts that {@link ProgressLines} prints. */
final class ProgressText {

  private ProgressText() {}

  /** The progress of the run. The rate is in bytes per second. */
  static String progress(RunProgress progress, double rate) {
    OptionalLong missing = Forecast.missing(progress);
    StringBuilder line = new StringBuilder();
    line.append(progress.ended());
    line.append(progress.files() < 0 ? " files" : " of " + progress.files() + " files");
    line.append(progress.failed() == 0 ? "" : " (" + progress.failed() + " failed)");
    line.append(", ").append(HumanFormat.bytes(progress.received()));
    missing.ifPresent(
        bytes -> line.append(" of ").append(HumanFormat.bytes(progress.received() + bytes)));
    if (progress.paused()) {
      return line.append(", paused").toString();
    }
    line.append(", ").append(HumanFormat.rate(Math.round(rate)));
    if (missing.isPresent() && rate >= 1) {
      Duration eta = Duration.ofSeconds((long) Math.ceil(missing.getAsLong() / rate));
      line.append(", ETA ").append(HumanFormat.duration(eta));
    }
    return line.toString();
  }

  /** The result of the run. */
  static String end(Duration elapsed, FileCounts files, ByteCounts bytes) {
    return "ended after "
        + HumanFormat.duration(elapsed)
        + ": "
        + files.completed()
        + " completed, "
        + files.skipped()
        + " skipped, "
        + files.failed()
        + " failed, "
        + files.cancelled()
        + " cancelled"
        + (files.notBegun() == 0 ? "" : ", " + files.notBegun() + " not started")
        + "; "
        + HumanFormat.bytes(bytes.downloaded());
  }

  static String retry(Retrying retry) {
    return "retry in "
        + HumanFormat.seconds(retry.delay())
        + ": "
        + retry.download().target()
        + ": "
        + retry.failure().shown();
  }

  static String restart(Restarted restart) {
    return "starts again: "
        + restart.download().target()
        + ": "
        + restart.reason()
        + ", "
        + HumanFormat.bytes(restart.discarded())
        + " discarded";
  }

  static String pause(OriginPaused pause) {
    return "paused for " + HumanFormat.seconds(pause.pause()) + ": " + pause.origin();
  }
}
