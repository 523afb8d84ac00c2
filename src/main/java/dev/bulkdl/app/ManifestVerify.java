package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.inventory.Inventory;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.plan.AuditText;
import dev.bulkdl.plan.AuditTotals;
import dev.bulkdl.plan.FileAudit;
import dev.bulkdl.plan.Finding;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks files on disk against a manifest's sizes and hashes, and against the inventory of their
 * folder. It uses no network and changes nothing.
 *
 * @param folder where the files are
 * @param detail what is printed
 * @param allowUnchecked whether a file that was compared with nothing is no failure
 */
public record ManifestVerify(
    ManifestInput input, Path folder, Detail detail, boolean allowUnchecked) {

  /** What is printed. */
  public enum Detail {
    /** The rows with a problem, and the totals. */
    PROBLEMS,
    /** All rows, and the totals. */
    ALL,
    /** All rows and the totals as one JSON document. */
    JSON
  }

  /** Checks each file, prints the findings and returns the exit code. */
  public int run(Console console) {
    CheckedManifest.Folder toLookAt = new CheckedManifest.Folder(folder, false);
    try (CheckedManifest manifest = CheckedManifest.open(input, toLookAt, List.of(), console)) {
      if (!manifest.isUsable()) {
        return ExitCode.USAGE;
      }
      try (ManifestRows rows = manifest.rows();
          OutputFolder looked = OutputFolder.look(DiskSettings.in(folder));
          Inventory inventory = new Inventory(looked.ownFolder())) {
        int code = verify(rows, looked, inventory, console);
        inventory
            .failure()
            .ifPresent(e -> console.say("the inventory cannot be read: " + IoText.of(e)));
        return inventory.failure().isPresent() ? ExitCode.DISK : code;
      }
    } catch (ManifestException | IOException e) {
      return CheckedManifest.failed(input, e, console);
    }
  }

  private int verify(ManifestRows rows, OutputFolder looked, Inventory inventory, Console console) {
    Cancellation cancellation = new Cancellation();
    AuditTotals totals = new AuditTotals();
    Output output = detail == Detail.JSON ? new Json(console) : new Lines(console, detail);
    try (Interrupts interrupts = console.interrupts(cancellation::cancel)) {
      boolean whole =
          new FileAudit(looked, inventory, cancellation)
              .check(
                  rows,
                  (name, finding) -> {
                    totals.add(finding);
                    output.row(name, finding);
                  });
      output.end(totals);
      console.flush();
      if (!whole) {
        console.say("stopped: the totals are those of the files checked so far");
      }
      interrupts.explain();
      return interrupts.exitCode(exitCode(totals, console));
    }
  }

  private int exitCode(AuditTotals totals, Console console) {
    return switch (totals.verdict()) {
      case RIGHT -> ExitCode.COMPLETE;
      case UNCHECKED -> {
        if (!allowUnchecked) {
          console.say(AuditText.advice(totals));
        }
        yield allowUnchecked ? ExitCode.COMPLETE : ExitCode.FAILED;
      }
      case WRONG -> ExitCode.FAILED;
      case UNREADABLE -> ExitCode.DISK;
    };
  }

  /** Prints findings. */
  private sealed interface Output {
    void row(String name, Finding finding);

    void end(AuditTotals totals);
  }

  private record Lines(Console console, Detail detail) implements Output {
    @Override
    public void row(String name, Finding finding) {
      boolean isProblem = !finding.isRight() && !(finding instanceof Finding.Unchecked);
      if (detail == Detail.ALL || isProblem) {
        console.print(AuditText.row(name, finding));
      }
    }

    @Override
    public void end(AuditTotals totals) {
      AuditText.totals(totals).forEach(console::print);
    }
  }

  private static final class Json implements Output {
    private final JsonRows rows;

    private Json(Console console) {
      this.rows = new JsonRows(console::print);
    }

    @Override
    public void row(String name, Finding finding) {
      rows.add(AuditText.fields(name, finding));
    }

    @Override
    public void end(AuditTotals totals) {
      rows.end(AuditText.fields(totals));
    }
  }
}
