package dev.bulkdl.app;

import dev.bulkdl.app.Console.Interrupts;
import dev.bulkdl.control.Cancellation;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.plan.AuditText;
import dev.bulkdl.plan.AuditTotals;
import dev.bulkdl.plan.FileAudit;
import dev.bulkdl.plan.Finding;
import dev.bulkdl.report.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks files on disk against a manifest's sizes and hashes. It uses no network and changes
 * nothing.
 *
 * @param folder where the files are
 * @param verbose whether the rows that are right are printed too
 */
public record ManifestVerify(ManifestInput input, Path folder, boolean verbose) {

  /** Checks each file, prints the problems and returns the exit code. */
  public int run(Console console) {
    CheckedManifest.Folder toLookAt = new CheckedManifest.Folder(folder, false);
    try (CheckedManifest manifest = CheckedManifest.open(input, toLookAt, List.of(), console)) {
      if (!manifest.isUsable()) {
        return ExitCode.USAGE;
      }
      try (ManifestRows rows = manifest.rows();
          OutputFolder looked = OutputFolder.look(DiskSettings.in(folder))) {
        return verify(rows, looked, console);
      }
    } catch (ManifestException | IOException e) {
      return CheckedManifest.failed(input, e, console);
    }
  }

  private int verify(ManifestRows rows, OutputFolder looked, Console console) {
    Cancellation cancellation = new Cancellation();
    AuditTotals totals = new AuditTotals();
    try (Interrupts interrupts = console.interrupts(cancellation::cancel)) {
      boolean whole =
          new FileAudit(looked, cancellation)
              .check(
                  rows,
                  (name, finding) -> {
                    totals.add(finding);
                    print(name, finding, console);
                  });
      AuditText.totals(totals).forEach(console::print);
      console.flush();
      if (!whole) {
        console.say("stopped: the totals are those of the files checked so far");
      }
      interrupts.explain();
      return interrupts.exitCode(exitCode(totals.verdict()));
    }
  }

  private void print(String name, Finding finding, Console console) {
    if (verbose || !finding.isRight()) {
      console.print(AuditText.row(name, finding));
    }
  }

  private static int exitCode(AuditTotals.Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> ExitCode.COMPLETE;
      case WRONG -> ExitCode.FAILED;
      case UNREADABLE -> ExitCode.DISK;
    };
  }
}
