package dev.bulkdl.serve.job;

import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.page.ReportPage;
import dev.bulkdl.page.RunHistory;
import dev.bulkdl.report.FailureText;
import dev.bulkdl.report.LogFormat;
import dev.bulkdl.report.ReportAtStart;
import dev.bulkdl.report.ReportFile;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.ResultsCsv;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.SummaryText;
import dev.bulkdl.report.Timings;
import dev.bulkdl.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of a job leaves in the job's folder. The log and results.csv go on from run to run;
 * the reports are those of the newest run.
 */
final class JobRecords implements AutoCloseable {

  private static final RunLog.Style STYLE = new RunLog.Style(LogFormat.TEXT, false, 64L << 20);

  private final Path folder;
  private final Timings timings = new Timings();
  private final RunHistory history = new RunHistory(Ticker.system());
  private final List<ReportFile> files = new ArrayList<>();

  private JobRecords(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens those that grow with the run.
   *
   * @param columns the manifest's header
   */
  static JobRecords open(Path folder, List<String> columns) throws IOException {
    JobRecords records = new JobRecords(folder);
    try {
      records.files.add(RunLog.in(folder, STYLE, InstantSource.system()));
      records.files.add(new ReportAtStart(folder, ProgramVersion.text(), Map.of()));
      records.files.add(ResultsCsv.append(folder, columns));
      return records;
    } catch (IOException e) {
      records.close();
      throw e;
    }
  }

  Timings timings() {
    return timings;
  }

  /** What has to see the run. */
  List<TransferListener> listeners() {
    List<TransferListener> all = new ArrayList<>();
    all.add(history);
    files.forEach(
        file -> all.add(file instanceof ResultsCsv results ? new EndsOnly(results) : file));
    return all;
  }

  /** Leaves out the files that a pause of the job has stopped: they end in a later run. */
  private record EndsOnly(TransferListener results) implements TransferListener {
    @Override
    public void onEvent(TransferEvent event) {
      if (!(event instanceof TransferEvent.FileEnded ended
          && ended.outcome() instanceof Outcome.Cancelled)) {
        results.onEvent(event);
      }
    }
  }

  /** Writes the reports of a run that has ended, and returns what could not be written. */
  Optional<IOException> conclude(RunReport report) {
    close();
    Optional<IOException> failure =
        files.stream().flatMap(file -> file.failure().stream()).findFirst();
    try {
      RunReport shown = report.wordedFor(FailureText.Place.PAGE);
      List<String> summary = SummaryText.linesOnPage(report);
      ReportPage.write(shown, history, timings.all(), summary, folder);
      ReportJson.write(shown, folder);
    } catch (IOException e) {
      return Optional.of(e);
    }
    return failure;
  }

  @Override
  public void close() {
    files.forEach(ReportFile::close);
  }
}
