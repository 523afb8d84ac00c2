package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.app.Console.View;
import dev.bulkdl.engine.Session;
import dev.bulkdl.engine.Session.Work;
import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.model.Download;
import dev.bulkdl.model.Outcome;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.SummaryText;
import dev.bulkdl.report.Timings;
import dev.bulkdl.settings.ListedOrigins;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.NameEncoding;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Downloads some URLs and leaves nothing but their files: no folder {@code .bulkdl}, no report, and
 * no lock of the folder. Each file is locked by itself. {@link FileDownload} keeps everything.
 *
 * @param files at least one
 * @param outputs what is printed; of the log only a file that was named is written
 * @param again the command that finishes what is left
 */
public record UrlDownload(
    List<Download> files, Settings settings, RunOutputs outputs, RunAgain again) {

  public UrlDownload {
    files = List.copyOf(files);
  }

  /** Runs to the end and returns the exit code. */
  public int run(Console console) {
    Optional<Settings> forUrls = checked(files, settings, console);
    if (forUrls.isEmpty()) {
      return ExitCode.USAGE;
    }
    try (Observers observers = Observers.open(outputs, console)) {
      return run(forUrls.get(), observers, console);
    } catch (NoPortException e) {
      console.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (IOException e) {
      console.say(IoText.of(e));
      return ExitCode.DISK;
    }
  }

  /** Returns the settings for these files; empty, with the reason said, if they are refused. */
  static Optional<Settings> checked(List<Download> files, Settings settings, Console console) {
    NameEncoding names = NameEncoding.ofProcess();
    Optional<String> problem =
        files.stream().flatMap(file -> names.problem(file.target().value()).stream()).findFirst();
    if (problem.isPresent()) {
      console.say(problem.get());
      return Optional.empty();
    }
    ListedOrigins origins = ListedOrigins.of(files, settings.http().scopes().headers());
    return ListSettings.of(settings, origins, console);
  }

  private int run(Settings forUrls, Observers observers, Console console) throws IOException {
    Optional<RunLog> log = log();
    try (Session session = Session.openForFiles(forUrls);
        View view = console.view(session.control(), () -> stop(session, observers));
        Interrupts interrupts = console.interrupts(() -> stop(session, observers), view::release)) {
      List<TransferListener> listeners = new ArrayList<>();
      log.ifPresent(listeners::add);
      Hashes hashes = new Hashes();
      listeners.add(hashes);
      listeners.add(view.listener());
      listeners.addAll(
          observers.listeners((event, fields) -> log.ifPresent(file -> file.tell(event, fields))));
      RunReport report = session.run(Work.of(files), new Timings(), listeners);
      view.release();
      observers.close();
      RunReport last = report.withExitCode(interrupts.exitCode(report.exitCode()));
      interrupts.explain();
      observers.tellOfFiles();
      if (outputs.summary() == RunOutputs.Summary.TEXT) {
        hashes.lines().forEach(console::print);
      }
      return print(last, console) ? last.exitCode() : ExitCode.orUnwritten(last.exitCode());
    } finally {
      log.ifPresent(RunLog::close);
    }
  }

  /** The hashes that were computed on request, as lines that programs for that hash check. */
  private static final class Hashes implements TransferListener {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void onEvent(TransferEvent event) {
      if (event instanceof TransferEvent.FileEnded ended
          && ended.outcome() instanceof Outcome.Completed completed) {
        String name = Redaction.printable(ended.download().target().value());
        completed.from().hashes().forEach(hash -> lines.add(hash + "  " + name));
      }
    }

    private List<String> lines() {
      return List.copyOf(lines);
    }
  }

  private static void stop(Session session, Observers observers) {
    session.control().stop();
    observers.stop();
  }

  private Optional<RunLog> log() throws IOException {
    Optional<Path> file = outputs.logFile();
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(RunLog.open(file.get(), outputs.logStyle(), InstantSource.system()));
  }

  /** False when the result is lost. The files are there whether the summary is read or not. */
  private boolean print(RunReport report, Console console) {
    switch (outputs.summary()) {
      case JSON -> console.print(ReportJson.render(report));
      case TEXT -> SummaryText.linesWithoutFolder(report, again).forEach(console::print);
      case NONE -> {}
    }
    return console.flush() || outputs.summary() != RunOutputs.Summary.JSON;
  }
}
