package dev.bulkdl.cli;

import dev.bulkdl.Engine;
import dev.bulkdl.ExitCode;
import dev.bulkdl.cli.CheckedManifest.Folder;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.Settings;
import dev.bulkdl.plan.ManifestCheck;
import dev.bulkdl.plan.PlanText;
import dev.bulkdl.plan.PlanTotals;
import dev.bulkdl.plan.PlannedAction.Kind;
import dev.bulkdl.plan.PlannedRow;
import dev.bulkdl.plan.Planner;
import dev.bulkdl.plan.Room;
import dev.bulkdl.report.Humans;
import dev.bulkdl.report.ProgressLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code bulkdl plan MANIFEST}: what a run would do, without content and without a change on disk.
 */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell what a run with the same options would do; fetch nothing, change nothing.",
      "Files would go into a folder with the manifest's name without its ending, or where -d says."
    },
    footer = {
      "",
      "A line each row, tabs between: name, size in bytes, ranges (yes, no, ?), what would happen.",
      "With -q only the rows that would not be there in the end. Nothing is logged; there is no JSON.",
      "Exit codes: 0 the run can succeed, 1 a row cannot be had, 2 usage or manifest,",
      "3 a row cannot be had now, 4 too little space, or the local disk, 129/130/143 stopped."
    })
final class PlanCommand implements Callable<Integer> {

  private static final PlanText TEXT = new PlanText(Humans::bytes);

  private final Terminal terminal;

  @Mixin private EngineOptions engine;
  @Mixin private DiskOptions disk;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "A CSV file with the columns filename and url; - is standard input.")
  private String location;

  @Option(
      names = "--skip-bad-rows",
      arity = "0..1",
      fallbackValue = "true",
      converter = Flag.class,
      description = "Plan the good rows and show the bad ones as errors.")
  private boolean skipBadRows;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (output.json()) {
      terminal.say("warning: --json is for a run; a plan is lines");
    }
    Path folder = disk.outputDir(OutputDirs.forManifest(location));
    return CheckedManifest.use(
        terminal,
        location,
        Folder.toLookAt(folder),
        skipBadRows,
        manifest -> plan(manifest.check(), folder));
  }

  private int plan(ManifestCheck check, Path folder) throws IOException {
    Settings settings = engine.settings(disk.settings(folder));
    engine.warn(terminal);
    try (ManifestRows rows = check.rows()) {
      return plan(settings, rows);
    }
  }

  private int plan(Settings settings, ManifestRows rows) throws IOException {
    RunControl control = new RunControl();
    PlanTotals totals = new PlanTotals(settings.limits().maxFiles());
    try (OutputFolder folder = OutputFolder.look(settings.disk());
        Engine started =
            Engine.start(settings, folder, new Permits(settings.limits()), control, listener());
        Signals signals = Signals.stopping(control)) {
      Planner planner = new Planner(started.context(), folder, settings, control);
      boolean whole =
          planner.plan(
              rows,
              row -> {
                totals.add(row);
                show(row);
              });
      List<Room> rooms = Room.of(totals, folder, settings.disk());
      conclude(totals, rooms, whole);
      return ExitCode.orSignal(exitCode(totals, rooms), signals.caught());
    }
  }

  /** Retries and outages, as a run tells them. */
  private ProgressLines listener() {
    return new ProgressLines(terminal.err()::println, output.detail(), ProgressLines.INTERVAL);
  }

  private void show(PlannedRow row) {
    Kind kind = row.action().kind();
    if (!output.quiet() || kind == Kind.BLOCKED || kind == Kind.ERROR) {
      terminal.out().println(PlanText.row(row));
    }
  }

  private void conclude(PlanTotals totals, List<Room> rooms, boolean whole) {
    if (!output.quiet()) {
      terminal.out().println();
      TEXT.totals(totals, rooms).forEach(terminal.out()::println);
    }
    terminal.out().flush();
    if (!whole) {
      terminal.say("stopped: the totals are those of the rows shown");
    }
    rooms.stream().filter(room -> !room.suffices()).map(TEXT::warning).forEach(terminal::say);
  }

  private static int exitCode(PlanTotals totals, List<Room> rooms) {
    if (!rooms.stream().allMatch(Room::suffices)) {
      return ExitCode.DISK;
    }
    return switch (totals.worst()) {
      case NOTHING -> ExitCode.COMPLETE;
      case TRANSIENT -> ExitCode.TRY_AGAIN;
      case PERMANENT -> ExitCode.FAILED;
      case DISK -> ExitCode.DISK;
    };
  }
}
