package dev.bulkdl.app;

import dev.bulkdl.hook.HookCommand;
import dev.bulkdl.report.RunLog;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is kept and printed of a run, besides the files of every run in {@code .bulkdl}.
 *
 * @param logFile where the log goes in place of {@code .bulkdl/run.log}
 * @param logStyle how it is written
 * @param metricsPort where Prometheus metrics are served; 0 takes a free port
 * @param onFile the command to run for each file that has ended
 * @param onComplete the command to run when the run has ended
 * @param summary how the end of the run is printed
 * @param options the options that were given, without secrets
 */
public record RunOutputs(
    Optional<Path> logFile,
    RunLog.Style logStyle,
    OptionalInt metricsPort,
    Optional<HookCommand> onFile,
    Optional<HookCommand> onComplete,
    Summary summary,
    Map<String, String> options) {

  public RunOutputs {
    options = Map.copyOf(options);
  }

  /** How the end of a run is printed. */
  public enum Summary {
    TEXT,
    /** The content of report.json. */
    JSON,
    NONE
  }

  /** The log in its usual place, and nothing else. */
  public static RunOutputs quiet(RunLog.Style logStyle) {
    return new RunOutputs(
        Optional.empty(),
        logStyle,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Summary.NONE,
        Map.of());
  }
}
