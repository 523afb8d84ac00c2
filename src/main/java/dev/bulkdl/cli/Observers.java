package dev.bulkdl.cli;

import dev.bulkdl.event.TransferListener;
import dev.bulkdl.hook.FileHooks;
import dev.bulkdl.metrics.MetricsEndpoint;
import dev.bulkdl.report.RunLog;
import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What else the options have watch a run: metrics over HTTP, and commands of the user. */
final class Observers implements AutoCloseable {

  private final HookOptions options;
  private final Terminal terminal;
  private final Optional<MetricsEndpoint> metrics;
  private volatile Optional<FileHooks> hooks = Optional.empty();
  private volatile boolean stopped;

  private Observers(HookOptions options, Terminal terminal, Optional<MetricsEndpoint> metrics) {
    this.options = options;
    this.terminal = terminal;
    this.metrics = metrics;
  }

  /**
   * Begins to serve metrics, if that was asked for.
   *
   * @throws MetricsOptions.NoPortException when the port cannot be had
   */
  static Observers open(OutputOptions output, Terminal terminal) throws IOException {
    return new Observers(output.hooks(), terminal, output.metrics().open(terminal));
  }

  /** The listeners; to be told of events after those that keep them. */
  List<TransferListener> listeners(RunLog log) {
    hooks = options.fileHooks(log::tell);
    List<TransferListener> all = new ArrayList<>();
    metrics.ifPresent(endpoint -> all.add(endpoint.listener()));
    hooks.ifPresent(all::add);
    return all;
  }

  /** Commands that have begun end soon, no others begin. */
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

  /** When all is closed: tells of commands that failed, and runs the one for the end. */
  int afterRun(RunReport report, Path ownFolder) {
    hooks.map(FileHooks::counts).ifPresent(this::tell);
    return stopped ? report.exitCode() : options.afterRun(report, ownFolder, terminal);
  }

  private void tell(FileHooks.Counts counts) {
    if (counts.failed() > 0) {
      terminal.say(
          "--on-file: %d of %d commands failed; see the log"
              .formatted(counts.failed(), counts.begun()));
    }
    if (counts.skipped() > 0) {
      terminal.say(
          "--on-file: not run for %d files, since a signal came".formatted(counts.skipped()));
    }
  }
}
