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
 * @param metrics where Prometheus metrics go
 * @param onFile the command to run for each file that has ended
 * @param onComplete the command to run when the run has ended
 * @param summary how the end of the run is printed
 * @param options the options that were given, without secrets
 */
public record RunOutputs(
    Optional<Path> logFile,
    RunLog.Style logStyle,
    MetricsTargets metrics,
    Optional<HookCommand> onFile,
    Optional<HookCommand> onComplete,
    Summary summary,
    Map<String, String> options) {

  public RunOutputs {
    options = Map.copyOf(options);
  }

  /**
   * Where the metrics of a run go.
   *
   * @param port where they are served; 0 takes a free port
   * @param address the address of this machine that serves them
   * @param file the file that they are written to
   */
  public record MetricsTargets(OptionalInt port, String address, Optional<Path> file) {

    /** The address that only this machine can reach. */
    public static final String LOOPBACK = "127.0.0.1";

    /** No metrics. */
    public static final MetricsTargets NONE =
        new MetricsTargets(OptionalInt.empty(), LOOPBACK, Optional.empty());

    boolean isWanted() {
      return port.isPresent() || file.isPresent();
    }
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
        MetricsTargets.NONE,
        Optional.empty(),
        Optional.empty(),
        Summary.NONE,
        Map.of());
  }
}
