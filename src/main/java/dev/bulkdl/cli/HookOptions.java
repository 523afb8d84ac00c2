package dev.bulkdl.cli;

import dev.bulkdl.hook.FileHooks;
import dev.bulkdl.hook.HookCommand;
import dev.bulkdl.hook.HookLog;
import dev.bulkdl.hook.RunHook;
import dev.bulkdl.report.ReportJson;
import dev.bulkdl.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that name commands of the user. */
final class HookOptions {

  @Option(
      names = "--on-file",
      paramLabel = "CMD",
      converter = Command.class,
      description = "Run this for each file that has ended; see BULKDL_RESULT_* there.")
  private @Nullable HookCommand onFile;

  @Option(
      names = "--on-complete",
      paramLabel = "CMD",
      converter = Command.class,
      description = "Run this when the run has ended; words as in a shell, but no shell.")
  private @Nullable HookCommand onComplete;

  Optional<FileHooks> fileHooks(HookLog log) {
    return onFile == null ? Optional.empty() : Optional.of(new FileHooks(onFile, log));
  }

  /**
   * Runs the command for the end of a run, to its end.
   *
   * @return the exit code of the run, or that of a signal that came meanwhile
   */
  int afterRun(RunReport report, Path ownFolder, Terminal terminal) {
    if (onComplete == null) {
      return report.exitCode();
    }
    RunHook hook = new RunHook(onComplete, report, ownFolder.resolve(ReportJson.FILE_NAME));
    // Signals are heard before it begins: one that comes as it begins would leave it running.
    try (Signals signals = Signals.stopping(terminal, hook::stop)) {
      int exit = hook.run(line -> terminal.say("on-complete: " + line));
      if (exit != 0) {
        terminal.say(
            "--on-complete failed: %s ended with %d".formatted(onComplete.program(), exit));
      }
      signals.explain();
      return signals.exitCode(report.exitCode());
    } catch (IOException e) {
      terminal.say("--on-complete cannot be started: " + e.getMessage());
      return report.exitCode();
    }
  }

  /** Words that begin with a program. */
  static final class Command implements ITypeConverter<HookCommand> {
    @Override
    public HookCommand convert(String text) {
      try {
        return HookCommand.parse(text, Optional.ofNullable(System.getenv("PATH")).orElse(""));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'%s' cannot be run: %s; write for example './publish.sh --fast'"
                .formatted(text, e.getMessage()));
      }
    }
  }
}
