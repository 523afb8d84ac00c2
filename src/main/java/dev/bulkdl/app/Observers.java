package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.engine.ProgramVersion;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.hook.FileHooks;
import dev.bulkdl.hook.HookCommand;
import dev.bulkdl.hook.HookLog;
import dev.bulkdl.hook.RunHook;
import dev.bulkdl.metrics.MetricsEndpoint;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else watches a run: metrics over HTTP, and commands of the user. */
final class Observers implements AutoCloseable {

  private final RunOutputs outputs;
  private final Console console;
  private final Optional<MetricsEndpoint> metrics;
  private volatile Optional<FileHooks> hooks = Optional.empty();
  private volatile boolean stopped;

  private Observers(RunOutputs outputs, Console console, Optional<MetricsEndpoint> metrics) {
    this.outputs = outputs;
    this.console = console;
    this.metrics = metrics;
  }

  /**
   * Begins to serve metrics, if that was asked for.
   *
   * @throws NoPortException if the port cannot be used
   */
  static Observers open(RunOutputs outputs, Console console) throws IOException {
    Optional<MetricsEndpoint> metrics =
        outputs.metricsPort().isPresent()
            ? Optional.of(serve(outputs.metricsPort().getAsInt(), console))
            : Optional.empty();
    return new Observers(outputs, console, metrics);
  }

  private static MetricsEndpoint serve(int port, Console console) throws NoPortException {
    try {
      MetricsEndpoint endpoint = MetricsEndpoint.open(port, ProgramVersion.text());
      if (port == 0) {
        console.say("metrics at " + endpoint.uri());
      }
      return endpoint;
    } catch (IOException e) {
      throw new NoPortException(port, e);
    }
  }

  /** The listeners; they see events after those that keep them. */
  List<TransferListener> listeners(HookLog log) {
    hooks = outputs.onFile().map(command -> new FileHooks(command, log));
    List<TransferListener> all = new ArrayList<>();
    metrics.ifPresent(endpoint -> all.add(endpoint.listener()));
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
    metrics.ifPresent(MetricsEndpoint::close);
  }

  /**
   * Call it when all is closed: reports how many commands failed, and runs the one for the end.
   *
   * @return the exit code of the run, or that of a signal that came meanwhile
   */
  int afterRun(RunReport report, Path ownFolder) {
    tellOfFiles();
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
      console.say("--on-complete cannot be started: " + ErrorText.of(e));
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
