package dev.bulkdl.cli;

import dev.bulkdl.app.RunOutputs;
import dev.bulkdl.app.RunOutputs.Summary;
import dev.bulkdl.report.LogFormat;
import dev.bulkdl.report.ProgressLines;
import dev.bulkdl.report.RunLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for messages, logs and reports. */
final class OutputOptions {

  /** The command with these options; picocli sets it. */
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-q", "--quiet"},
      description = "Failures only: no progress, no notes and no summary.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell of retries too, and log answers and connections.")
  private boolean verbose;

  @Option(
      names = "--no-board",
      description = "Plain progress lines in place of the board, on a terminal too.")
  private boolean noBoard;

  @Option(
      names = "--progress-interval",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "Time between two progress lines (2s on a terminal, else growing from 2s to 60s).")
  private @Nullable Duration progressInterval;

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description = "The log (.bulkdl/run.log in the output folder).")
  private @Nullable Path logFile;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      converter = Format.class,
      description = "Lines for people or JSON lines (text).")
  private LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = "--log-max-size",
      paramLabel = "SIZE",
      converter = Sizes.OrZero.class,
      description = "Above this size the log moves to run.log.1; 0 = never (${DEFAULT-VALUE}).")
  private long logMaxSize = 64L << 20;

  @Option(
      names = "--json",
      description = "Print report.json to standard output instead of the summary.")
  private boolean json;

  @Mixin private MetricsOptions metrics = new MetricsOptions();
  @Mixin private HookOptions hooks = new HookOptions();

  boolean quiet() {
    return quiet;
  }

  /** Returns the amount of progress output. {@code --quiet} has priority. */
  private ProgressLines.Detail detail() {
    if (quiet) {
      return ProgressLines.Detail.QUIET;
    }
    return verbose ? ProgressLines.Detail.VERBOSE : ProgressLines.Detail.NORMAL;
  }

  boolean json() {
    return json;
  }

  /** Returns the files and messages that a run produces. */
  RunOutputs outputs() {
    return new RunOutputs(
        Optional.ofNullable(logFile),
        new RunLog.Style(logFormat, verbose, logMaxSize),
        metrics.targets(),
        hooks.onFile(),
        hooks.onComplete(),
        json ? Summary.JSON : quiet ? Summary.NONE : Summary.TEXT,
        command == null ? Map.of() : GivenOptions.of(command));
  }

  /** Returns the console that shows a run on this terminal. */
  TerminalConsole console(Terminal terminal) {
    return new TerminalConsole(
        terminal, detail(), !quiet && !noBoard, Optional.ofNullable(progressInterval));
  }

  /** Reads the name of a format in upper or lower case. */
  static final class Format extends EnumConverter<LogFormat> {
    Format() {
      super(LogFormat.class, "is neither text nor json");
    }
  }
}
