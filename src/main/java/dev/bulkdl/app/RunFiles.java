package dev.bulkdl.app;

import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.page.ReportPage;
import dev.bulkdl.page.RunHistory;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.FailedCsv;
import dev.bulkdl.report.Histograms;
import dev.bulkdl.report.LatencyLog;
import dev.bulkdl.report.ReportAtStart;
import dev.bulkdl.report.ReportFile;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.ResultsCsv;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.SummaryText;
import dev.bulkdl.report.Timings;
import dev.bulkdl.text.IoText;
import dev.bulkdl.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** What a run leaves in the folder {@code .bulkdl}. One that cannot be written ends no download. */
final class RunFiles implements AutoCloseable {
  private final Console console;
  private final Path folder;
  private final RunOutputs outputs;
  private final Timings timings = new Timings();
  private final RunHistory history = new RunHistory(Ticker.system());
  private final List<ReportFile> files = new ArrayList<>();
  private boolean isInventoryKept = true;

  private RunFiles(Console console, Path folder, RunOutputs outputs) {
    this.console = console;
    this.folder = folder;
    this.outputs = outputs;
  }

  /**
   * Begins those that grow with the run.
   *
   * @param folder the folder {@code .bulkdl}, which exists
   * @param columns the manifest's header
   * @param log is kept and closed too
   * @param outputs what else is kept and printed
   * @throws IOException when one of them cannot be created; the log is closed then
   */
  static RunFiles create(
      Console console, Path folder, List<String> columns, RunLog log, RunOutputs outputs)
      throws IOException {
    RunFiles all = new RunFiles(console, folder, outputs);
    all.files.add(log);
    all.files.add(new ReportAtStart(folder, ProgramVersion.text(), outputs.options()));
    try {
      all.files.add(ResultsCsv.create(folder, columns));
      all.files.add(FailedCsv.create(folder, columns));
      all.files.add(LatencyLog.create(folder, all.timings, ProgramVersion.text()));
      return all;
    } catch (IOException e) {
      all.close();
      throw e;
    }
  }

  /** What is to measure the run. */
  Timings timings() {
    return timings;
  }

  /** What has to see the run, behind the timings. */
  List<TransferListener> listeners() {
    List<TransferListener> all = new ArrayList<>(List.of(history));
    all.addAll(files);
    return all;
  }

  /** Takes the failure of the folder's inventory as that of one of these files. */
  void note(Optional<IOException> inventoryFailure) {
    isInventoryKept = isKept("the inventory is incomplete", inventoryFailure);
  }

  @Override
  public void close() {
    files.forEach(ReportFile::close);
  }

  /**
   * Writes those that sum the run up; to be called after {@link #close}.
   *
   * @param stopped the exit code of a run that was stopped, in place of this one
   * @param again as in {@link SummaryText}
   * @return the report with the exit code that the run comes to, since every file counts
   */
  RunReport conclude(RunReport ended, IntUnaryOperator stopped, Optional<RunAgain> again) {
    RunReport report = ended.withOptions(outputs.options());
    boolean kept = isInventoryKept;
    for (ReportFile file : files) {
      kept &= isKept("a report is incomplete", file.failure());
    }
    RunReport sofar = withExitCode(report, stopped, kept);
    List<String> summary = SummaryText.lines(sofar, again, outputs.logStyle().verbose());
    Histograms measured = timings.all();
    kept &=
        isWritten(
            ReportPage.FILE_NAME,
            () -> ReportPage.write(sofar, history, measured, summary, folder));
    RunReport last = withExitCode(report, stopped, kept);
    kept &= isWritten(ReportJson.FILE_NAME, () -> ReportJson.write(last, folder));
    return withExitCode(report, stopped, kept);
  }

  /** The report, and its file, once more when the summary could not be printed. */
  RunReport concludeUnprinted(RunReport report) {
    RunReport last = report.withExitCode(ExitCode.orUnwritten(report.exitCode()));
    isWritten(ReportJson.FILE_NAME, () -> ReportJson.write(last, folder));
    return last;
  }

  private static RunReport withExitCode(RunReport report, IntUnaryOperator stopped, boolean kept) {
    int code = kept ? report.exitCode() : ExitCode.DISK;
    return report.withExitCode(stopped.applyAsInt(code));
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private boolean isWritten(String name, Writing writing) {
    try {
      writing.write();
      return true;
    } catch (IOException e) {
      return isKept(name + " cannot be written", Optional.of(e));
    }
  }

  private boolean isKept(String complaint, Optional<IOException> failure) {
    failure.ifPresent(cause -> console.say(complaint + ": " + IoText.of(cause)));
    return failure.isEmpty();
  }
}
