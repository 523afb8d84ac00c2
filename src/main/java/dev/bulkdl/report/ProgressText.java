package dev.bulkdl.report;

import dev.bulkdl.event.RunProgress;
import dev.bulkdl.event.TransferEvent.OriginPaused;
import dev.bulkdl.event.TransferEvent.Restarted;
import dev.bulkdl.event.TransferEvent.Retrying;
import dev.bulkdl.model.Hold;
import dev.bulkdl.report.RunReport.FileCounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The texts that {@link ProgressLines} prints. */
final class ProgressText {

  private ProgressText() {}

  /**
   * The progress of the run.
   *
   * @param rate in bytes per second
   * @param waits what the run waits for
   */
  static String progress(RunProgress run, double rate, Forecast forecast, Optional<String> waits) {
    StringBuilder line = new StringBuilder(files(run));
    line.append(", ").append(bytes(run, forecast));
    forecast.percent().ifPresent(percent -> line.append(", ").append(percent).append(" %"));
    if (run.stopped()) {
      return line.append(", stopping").toString();
    }
    if (run.paused()) {
      return line.append(", paused")
          .append(waits.map(": "::concat).orElse(" by the user"))
          .toString();
    }
    line.append(", ").append(HumanFormat.rate(Math.round(rate)));
    forecast.eta().ifPresent(eta -> line.append(", ETA ").append(HumanFormat.duration(eta)));
    waits.ifPresent(reason -> line.append("; ").append(reason));
    return line.toString();
  }

  private static String files(RunProgress run) {
    long ended = run.stopped() ? run.ended() - run.cancelled() : run.ended();
    return ended
        + (run.files() < 0 ? " files" : " of " + run.files() + " files")
        + (run.failed() == 0 ? "" : " (" + run.failed() + " failed)");
  }

  private static String bytes(RunProgress run, Forecast forecast) {
    String received = HumanFormat.bytes(run.received());
    return forecast.missing().isEmpty()
        ? received
        : received
            + (forecast.isEstimate() ? " of about " : " of ")
            + HumanFormat.bytes(run.received() + forecast.missing().getAsLong());
  }

  /** The end of the run. The summary holds its numbers. */
  static String end(Duration elapsed, FileCounts files, boolean stopped) {
    String failed = files.failed() == 0 ? "" : "; " + files.failed() + " failed";
    return stopped
        ? "stopped; " + files.unfinished() + " not finished" + failed
        : "ended after " + HumanFormat.duration(elapsed) + failed;
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

  /** Why the run pauses. */
  static String hold(Hold hold) {
    return "paused" + (hold.isByUser() ? " " : ": ") + hold.why();
  }

  /**
   * A pause has ended.
   *
   * @param others the reasons that are left
   */
  static String goesOn(List<Hold> others) {
    return others.isEmpty() ? "goes on" : "still " + hold(others.getFirst());
  }

  static String pause(OriginPaused pause) {
    return "paused for " + HumanFormat.seconds(pause.pause()) + ": " + pause.origin();
  }
}
