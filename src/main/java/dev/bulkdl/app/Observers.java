package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.app.RunOutputs.MetricsTargets;
import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.hook.FileHooks;
import dev.bulkdl.hook.HookCommand;
import dev.bulkdl.hook.HookLog;
import dev.bulkdl.hook.RunHook;
import dev.bulkdl.metrics.Metrics;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.RunReport;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else watches a run: metrics, and commands of the user. */
final class Observers implements AutoCloseable {

  private final RunOutputs outputs;
  private final Console console;
  private final Optional<Metrics> metrics;
  private volatile Optional<FileHooks> hooks = Optional.empty();
  private volatile boolean stopped;

  private Observers(RunOutputs outputs, Console console, Optional<Metrics> metrics) {
    this.outputs = outputs;
    this.console = console;
    this.metrics = metrics;
  }

  /**
   * Begins to serve and write metrics, if that was asked for.
   *
   * @throws NoPortException if the port or the file cannot be used
   */
  static Observers open(RunOutputs outputs, Console console) throws IOException {
    MetricsTargets wanted = outputs.metrics();
    if (!wanted.isWanted()) {
      return new Observers(outputs, console, Optional.empty());
    }
    Metrics metrics = new Metrics(ProgramVersion.text());
    Observers opened = new Observers(outputs, console, Optional.of(metrics));
    try {
      if (wanted.port().isPresent()) {
        opened.serve(metrics, wanted.address(), wanted.port().getAsInt());
      }
      if (wanted.file().isPresent()) {
        write(metrics, wanted.file().get());
      }
      return opened;
    } catch (NoPortException e) {
      metrics.close();
      throw e;
    }
  }

  private void serve(Metrics metrics, String address, int port) throws NoPortException {
    try {
      URI uri = metrics.serve(address, port);
      if (port == 0) {
        console.say("metrics at " + uri);
      }
    } catch (IOException e) {
      throw NoPortException.of(address, port, e);
    }
  }

  private static void write(Metrics metrics, Path file) throws NoPortException {
    try {
      metrics.writeTo(file);
    } catch (IOException e) {
      throw NoPortException.of(file, e);
    }
  }

  /** The listeners; they see events after those that keep them. */
  List<TransferListener> listeners(HookLog log) {
    hooks = outputs.onFile().map(command -> new FileHooks(command, log));
    List<TransferListener> all = new ArrayList<>();
    metrics.ifPresent(each -> all.addAll(each.listeners()));
    hooks.ifPresent(all::add);
    return all;
  }

  /** Commands that run end soon, and no others start. */
  void stop() {
    stopped = true;
    hooks.ifPresent(FileHooks::stop);
  }

  /** Waits for the commands of files, and serves metrics no more. */
  @Override
  public void close() {
    hooks.ifPresent(FileHooks::close);
    metrics.ifPresent(Metrics::close);
  }

  /**
   * Call it when all is closed: reports how many commands failed, and runs the one for the end.
   *
   * @return the exit code of the run, or that of a signal that came meanwhile
   */
  int afterRun(RunReport report, Path ownFolder) {
    tellOfFiles();
    metrics
        .flatMap(Metrics::failure)
        .ifPresent(
            cause ->
                console.say(
                    "--metrics-file: the last state could not be written: " + IoText.of(cause)));
    return stopped || outputs.onComplete().isEmpty()
        ? report.exitCode()
        : complete(outputs.onComplete().get(), report, ownFolder);
  }

  /** Reports how many commands of files failed. Call it when all is closed. */
  void tellOfFiles() {
    hooks.map(FileHooks::counts).ifPresent(this::tell);
  }

  private int complete(HookCommand command, RunReport report, Path ownFolder) {
    RunHook hook = new RunHook(command, report, ownFolder.resolve(ReportJson.FILE_NAME));
    // Signals are heard before it starts: one that comes as it starts would leave it running.
    try (Interrupts interrupts = console.interrupts(hook::stop)) {
      int exit = hook.run(line -> console.say("on-complete: " + line));
      if (exit != 0) {
        console.say("--on-complete failed: %s ended with %d".formatted(command.program(), exit));
      }
      interrupts.explain();
      return interrupts.exitCode(report.exitCode());
    } catch (IOException e) {
      console.say("--on-complete cannot be started: " + IoText.of(e));
      return report.exitCode();
    }
  }

  private void tell(FileHooks.Counts counts) {
    if (counts.failed() > 0) {
      console.say(
          "--on-file: %d of %d commands failed; see the log"
              .formatted(counts.failed(), counts.begun()));
    }
    if (counts.skipped() > 0) {
      console.say(
          "--on-file: not run for %d files, since a signal came".formatted(counts.skipped()));
    }
  }
}
