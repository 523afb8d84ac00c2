package dev.bulkdl.cli;

import dev.bulkdl.app.ManifestInput;
import dev.bulkdl.app.ManifestPlan;
import dev.bulkdl.app.ManifestPlan.Detail;
import dev.bulkdl.app.OutputDirs;
import dev.bulkdl.settings.Settings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bulkdl plan MANIFEST}: shows what a run would do. It fetches no content and changes
 * nothing on disk.
 */
@Command(
    name = "plan",
    customSynopsis = "bulkdl plan [OPTIONS] MANIFEST",
    sortOptions = false,
    description = {
      "Tell what a run with the same options would do; fetch nothing, change nothing.",
      "Files would go into a folder with the manifest's name without its ending, or where -d says."
    },
    footer = {
      "",
      "A line each row, tabs between: name, size in bytes, ranges (yes, no, ?), what would happen.",
      "With -q only the rows that would not be there in the end. Nothing is logged.",
      "Exit codes: 0 the run can succeed, 1 a row cannot be downloaded, 2 usage or manifest,",
      "3 a row cannot be downloaded now, 4 too little space, or the local disk, 129/130/143 stopped."
    })
final class PlanCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private EngineOptions engine;

  /** Taken and ignored, so that the options of a run need not be edited. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private ScheduleOptions schedule;

  /** Taken and ignored too. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private WatchOption watch;

  @Mixin private DiskOptions disk;
  @Mixin private RecordOptions records;
  @Mixin private OrderOption order;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "A CSV file with the columns filename and url; - is standard input.")
  private String location;

  @Option(
      names = "--skip-bad-rows",
      description = "Plan the good rows and show the bad ones as errors.")
  private boolean skipBadRows;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String manifest = ManifestArgument.checked(location, spec);
    Path folder = disk.outputDir(OutputDirs.forManifest(manifest));
    TerminalConsole console = output.console(terminal);
    Settings settings = engine.settings(disk.settings(folder), console).with(records.settings());
    ManifestInput input = new ManifestInput(manifest, terminal.in(), skipBadRows, order.order());
    return new ManifestPlan(input, settings, detail(), console.lines()).run(console);
  }

  private Detail detail() {
    if (output.json()) {
      return Detail.JSON;
    }
    return output.quiet() ? Detail.PROBLEMS : Detail.ALL;
  }
}
