package dev.bulkdl.cli;

import dev.bulkdl.BulkDownloader;
import dev.bulkdl.ExitCode;
import dev.bulkdl.Session;
import dev.bulkdl.Session.Work;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.report.SummaryText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run with everything that the command line keeps and shows of it. */
final class ReportedRun {

  private final Terminal terminal;
  private final OutputOptions output;
  private final BulkDownloader downloader;
  private Optional<String> again = Optional.empty();

  ReportedRun(Terminal terminal, OutputOptions output, BulkDownloader downloader) {
    this.terminal = terminal;
    this.output = output;
    this.downloader = downloader;
  }

  /** What is unfinished is finished by these arguments, rather than by the usual ones. */
  ReportedRun againBy(String arguments) {
    again = Optional.of(arguments);
    return this;
  }

  /** Runs to the end and returns the exit code. */
  int run(Work work, List<String> columns) {
    try (Observers observers = Observers.open(output, terminal)) {
      Concluded run = run(work, columns, observers);
      return observers.afterRun(run.report(), run.ownFolder());
    } catch (MetricsOptions.NoPortException e) {
      terminal.say(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (IOException e) {
      terminal.say(message(e));
      return ExitCode.DISK;
    }
  }

  /** A run whose folder is free again. */
  private record Concluded(RunReport report, Path ownFolder) {}

  private Concluded run(Work work, List<String> columns, Observers observers) throws IOException {
    try (Session session = downloader.open();
        Showing showing =
            Showing.open(output, terminal, session.control(), () -> stop(session, observers));
        Signals signals = Signals.stopping(() -> stop(session, observers), showing::release)) {
      RunLog log = log(session.ownFolder());
      RunFiles files = RunFiles.create(terminal, session.ownFolder(), columns, log);
      RunReport report;
      try {
        report =
            session.run(work, files.timings(), listeners(files, showing, observers.listeners(log)));
      } finally {
        showing.release();
        observers.close();
        files.close();
      }
      RunReport concluded = files.conclude(report, signals.caught(), again);
      show(concluded);
      RunReport last = terminal.hasLostOutput() ? files.concludeUnprinted(concluded) : concluded;
      return new Concluded(last, session.ownFolder());
    }
  }

  private static void stop(Session session, Observers observers) {
    session.control().stop();
    observers.stop();
  }

  private RunLog log(Path ownFolder) throws IOException {
    return output.logFile().isPresent()
        ? RunLog.open(output.logFile().get(), output.logStyle(), InstantSource.system())
        : RunLog.in(ownFolder, output.logStyle(), InstantSource.system());
  }

  private static List<TransferListener> listeners(
      RunFiles files, Showing showing, List<TransferListener> observers) {
    List<TransferListener> all = new ArrayList<>(files.listeners());
    all.add(showing.listener());
    all.addAll(observers);
    return all;
  }

  private void show(RunReport report) {
    if (output.json()) {
      terminal.out().println(ReportJson.render(report));
    } else if (!output.quiet()) {
      SummaryText.lines(report, again).forEach(terminal.out()::println);
    }
    terminal.out().flush();
  }

  static String message(IOException e) {
    String kind = e.getClass().getSimpleName();
    if (e.getMessage() == null) {
      return kind;
    }
    return e.getClass() == IOException.class ? e.getMessage() : e.getMessage() + " (" + kind + ")";
  }
}
