package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.app.Console.View;
import dev.bulkdl.engine.Session;
import dev.bulkdl.engine.Session.Work;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.log.LibraryLog;
import dev.bulkdl.log.LibraryWarning;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.SummaryText;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run with everything that is kept and shown of it. */
final class RecordedRun {

  private final Console console;
  private final RunOutputs outputs;
  private final Settings settings;
  private final Optional<RunAgain> again;
  private final Runnable stopped;

  /**
   * @param again the command that finishes what is left
   * @param stopped called when the user stops the run
   */
  RecordedRun(
      Console console,
      RunOutputs outputs,
      Settings settings,
      Optional<RunAgain> again,
      Runnable stopped) {
    this.console = console;
    this.outputs = outputs;
    this.settings = settings;
    this.again = again;
    this.stopped = stopped;
  }

  /**
   * Runs to the end and returns the exit code.
   *
   * @param columns the manifest's header, for results.csv
   */
  int run(Work work, List<String> columns) {
    try (Observers observers = Observers.open(outputs, console)) {
      Concluded run = run(work, columns, observers);
      return observers.afterRun(run.report(), run.ownFolder());
    } catch (NoPortException e) {
      console.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.DISK;
    }
  }

  /** A run whose folder is free again. */
  private record Concluded(RunReport report, Path ownFolder) {}

  private Concluded run(Work work, List<String> columns, Observers observers) throws IOException {
    try (Session session = Session.open(settings, List.of());
        View view = console.view(session.control(), () -> stop(session, observers));
        Interrupts interrupts = console.interrupts(() -> stop(session, observers), view::release)) {
      RunLog log = log(session.ownFolder());
      RunFiles files = RunFiles.create(console, session.ownFolder(), columns, log, outputs);
      RunReport report;
      LibraryLog.Subscription warnings = LibraryLog.sendTo(warning -> keep(warning, log, view));
      try {
        report =
            session.run(
                work, files.timings(), listeners(files, view, observers.listeners(log::tell)));
      } finally {
        warnings.close();
        view.release();
        observers.close();
        files.close();
      }
      files.note(session.inventoryFailure());
      RunReport concluded = files.conclude(report, interrupts::exitCode, again);
      interrupts.explain();
      RunReport last = print(concluded) ? concluded : files.concludeUnprinted(concluded);
      return new Concluded(last, session.ownFolder());
    }
  }

  private void stop(Session session, Observers observers) {
    stopped.run();
    session.control().stop();
    observers.stop();
  }

  private void keep(LibraryWarning warning, RunLog log, View view) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("logger", warning.logger());
    fields.put("text", warning.text());
    log.tell("library-warning", fields);
    if (outputs.logStyle().verbose()) {
      view.say("warning: " + warning.text());
    }
  }

  private RunLog log(Path ownFolder) throws IOException {
    return outputs.logFile().isPresent()
        ? RunLog.open(outputs.logFile().get(), outputs.logStyle(), InstantSource.system())
        : RunLog.in(ownFolder, outputs.logStyle(), InstantSource.system());
  }

  private static List<TransferListener> listeners(
      RunFiles files, View view, List<TransferListener> observers) {
    List<TransferListener> all = new ArrayList<>(files.listeners());
    all.add(view.listener());
    all.addAll(observers);
    return all;
  }

  /**
   * False when the result is lost. The summary is none: what it says stands in the report too, so a
   * reader that has gone changes nothing.
   */
  private boolean print(RunReport report) {
    switch (outputs.summary()) {
      case JSON -> console.print(ReportJson.render(report));
      case TEXT ->
          SummaryText.lines(report, again, outputs.logStyle().verbose()).forEach(console::print);
      case NONE -> {}
    }
    return console.flush() || outputs.summary() != RunOutputs.Summary.JSON;
  }
}
