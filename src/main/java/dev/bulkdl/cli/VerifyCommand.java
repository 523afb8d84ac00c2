package dev.bulkdl.cli;

import dev.bulkdl.ExitCode;
import dev.bulkdl.cli.CheckedManifest.Folder;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.plan.AuditText;
import dev.bulkdl.plan.AuditTotals;
import dev.bulkdl.plan.FileAudit;
import dev.bulkdl.plan.Finding;
import dev.bulkdl.plan.ManifestCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bulkdl verify MANIFEST}: files on disk against the manifest; no network, no change. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Check the files on disk against the manifest's sizes and hashes; no network.",
    footer = {
      "",
      "A line each problem (each row with -v), a tab between name and finding; then the totals.",
      "Exit codes: 0 all right, 1 files are missing or wrong, 2 usage or manifest,",
      "4 files cannot be read, 129/130/143 stopped by a signal."
    })
final class VerifyCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      paramLabel = "MANIFEST",
      description = "A CSV file with the columns filename and url; - is standard input.")
  private String location;

  @Option(
      names = {"-d", "--output-dir"},
      paramLabel = "DIR",
      description = "Where the files are (the manifest's name without its ending).")
  private @Nullable Path outputDir;

  @Option(
      names = "--skip-bad-rows",
      arity = "0..1",
      fallbackValue = "true",
      converter = Flag.class,
      description = "Check the good rows and report the bad ones as problems.")
  private boolean skipBadRows;

  @Option(
      names = {"-v", "--verbose"},
      arity = "0..1",
      fallbackValue = "true",
      converter = Flag.class,
      description = "Show the rows that are right too.")
  private boolean verbose;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path folder = outputDir == null ? OutputDirs.forManifest(location) : outputDir;
    return CheckedManifest.use(
        terminal,
        location,
        Folder.toLookAt(folder),
        skipBadRows,
        manifest -> verify(manifest.check(), folder));
  }

  private int verify(ManifestCheck check, Path folder) throws IOException {
    try (ManifestRows rows = check.rows();
        OutputFolder looked = OutputFolder.look(DiskSettings.in(folder))) {
      return verify(rows, looked);
    }
  }

  private int verify(ManifestRows rows, OutputFolder folder) {
    RunControl control = new RunControl();
    AuditTotals totals = new AuditTotals();
    try (Signals signals = Signals.stopping(control)) {
      boolean whole =
          new FileAudit(folder, control)
              .check(
                  rows,
                  (name, finding) -> {
                    totals.add(finding);
                    show(name, finding);
                  });
      AuditText.totals(totals).forEach(terminal.out()::println);
      terminal.out().flush();
      if (!whole) {
        terminal.say("stopped: the totals are those of the files checked so far");
      }
      return ExitCode.orSignal(exitCode(totals.verdict()), signals.caught());
    }
  }

  private void show(String name, Finding finding) {
    if (verbose || !finding.isRight()) {
      terminal.out().println(AuditText.row(name, finding));
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
