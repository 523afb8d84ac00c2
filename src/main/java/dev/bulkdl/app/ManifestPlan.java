package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.engine.EngineSettings;
import dev.bulkdl.engine.TransferEngine;
import dev.bulkdl.event.TransferListener;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.plan.PlanText;
import dev.bulkdl.plan.PlanTotals;
import dev.bulkdl.plan.PlannedAction.Kind;
import dev.bulkdl.plan.PlannedRow;
import dev.bulkdl.plan.Planner;
import dev.bulkdl.plan.Room;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.HumanFormat;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.transfer.TransferContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Tells what a download of the manifest would do. It fetches no content and changes nothing on
 * disk.
 *
 * @param detail what is printed
 * @param listener sees retries and outages
 */
public record ManifestPlan(
    ManifestInput input, Settings settings, Detail detail, TransferListener listener) {

  /** What is printed. */
  public enum Detail {
    /** Only the rows that would not be there in the end. */
    PROBLEMS,
    /** All rows, and the totals. */
    ALL,
    /** All rows and the totals as one JSON document. */
    JSON
  }

  private static final PlanText TEXT = new PlanText(HumanFormat::bytes);

  /** Asks for each row, prints it and returns the exit code that a run can come to. */
  public int run(Console console) {
    try (CheckedManifest manifest = CheckedManifest.open(input, settings, false, console)) {
      if (!manifest.isUsable()) {
        return ExitCode.USAGE;
      }
      Optional<Settings> forList = manifest.settings(settings, console);
      if (forList.isEmpty()) {
        return ExitCode.USAGE;
      }
      try (ManifestRows rows = manifest.rows(input.order())) {
        return plan(rows, forList.get(), console);
      }
    } catch (ManifestException | IOException e) {
      return CheckedManifest.failed(input, e, console);
    }
  }

  private int plan(ManifestRows rows, Settings forList, Console console) throws IOException {
    Permits permits = new Permits(settings.limits());
    RunControl control = new RunControl(permits);
    PlanTotals totals = new PlanTotals(settings.limits().maxFiles());
    Optional<JsonRows> json =
        detail == Detail.JSON ? Optional.of(new JsonRows(console::print)) : Optional.empty();
    try (OutputFolder folder = OutputFolder.look(settings.disk());
        TransferEngine engine =
            TransferEngine.start(
                EngineSettings.DEFAULTS.with(settings.http(), settings.timeouts()));
        Interrupts interrupts = console.interrupts(control::stop)) {
      TransferContext.Target target = TransferContext.Target.of(folder);
      TransferContext transfers = engine.join(forList, target, permits, control, listener);
      Planner planner = new Planner(transfers, folder, forList, control.cancellation());
      boolean whole =
          planner.plan(
              rows,
              row -> {
                totals.add(row);
                json.ifPresentOrElse(
                    rowsOfJson -> rowsOfJson.add(PlanText.fields(row)), () -> print(row, console));
              });
      List<Room> rooms = Room.of(totals, folder, settings.disk());
      json.ifPresent(document -> document.end(PlanText.fields(totals, rooms)));
      conclude(totals, rooms, whole, console);
      interrupts.explain();
      return interrupts.exitCode(exitCode(totals, rooms));
    }
  }

  private void print(PlannedRow row, Console console) {
    Kind kind = row.action().kind();
    if (detail == Detail.ALL || kind == Kind.BLOCKED || kind == Kind.ERROR) {
      console.print(PlanText.row(row));
    }
  }

  private void conclude(PlanTotals totals, List<Room> rooms, boolean whole, Console console) {
    if (detail == Detail.ALL) {
      console.print("");
      TEXT.totals(totals, rooms).forEach(console::print);
    }
    console.flush();
    if (!whole) {
      console.say("stopped: the totals are those of the rows shown");
    }
    rooms.stream().filter(room -> !room.suffices()).map(TEXT::warning).forEach(console::say);
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
