package dev.bulkdl.cli;

import dev.bulkdl.ExitCode;
import dev.bulkdl.Session.Work;
import dev.bulkdl.disk.LetterCase;
import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.DiskSettings;
import dev.bulkdl.model.Redaction;
import dev.bulkdl.plan.ManifestCheck;
import dev.bulkdl.plan.SpaceCheck;
import dev.bulkdl.report.Humans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A manifest that was read to its end and found fit to be worked on. */
record CheckedManifest(Manifest manifest, ManifestCheck check) {

  /**
   * Where its files are or go.
   *
   * @param mayWrite whether the command may create something there
   */
  record Folder(Path path, boolean mayWrite) {

    /** For a command that changes nothing. */
    static Folder toLookAt(Path path) {
      return new Folder(path, false);
    }

    static Folder toFill(Path path) {
      return new Folder(path, true);
    }

    private boolean ignoresCase() {
      return LetterCase.isIgnored(path, mayWrite);
    }
  }

  /** What is done with it; returns the exit code. */
  @FunctionalInterface
  interface Use {
    int of(CheckedManifest manifest) throws IOException;
  }

  /**
   * Opens and checks the manifest, and uses it where that may be. Everything that is wrong with it
   * is said; nothing of it is left open.
   *
   * @param location a path, or {@code -} for standard input
   */
  static int use(Terminal terminal, String location, Folder folder, boolean skipBadRows, Use use) {
    return use(terminal, location, terminal.in(), folder, skipBadRows, use);
  }

  /** The same with {@code standardInput} in place of the process's. */
  static int use(
      Terminal terminal,
      String location,
      InputStream standardInput,
      Folder folder,
      boolean skipBadRows,
      Use use) {
    try (Manifest manifest = Manifest.open(location, standardInput)) {
      ManifestCheck check = ManifestCheck.of(manifest, folder.ignoresCase());
      ManifestMessages messages = new ManifestMessages(terminal, manifest, check);
      messages.warn();
      return messages.mayRun(skipBadRows)
          ? use.of(new CheckedManifest(manifest, check))
          : ExitCode.USAGE;
    } catch (ManifestException e) {
      terminal.say(Redaction.ofCommandLine(location) + ": " + e.getMessage());
      return ExitCode.USAGE;
    } catch (IOException e) {
      terminal.say(ReportedRun.message(e));
      return ExitCode.DISK;
    }
  }

  /**
   * Downloads the rows, if the disk has room for them, and returns the exit code.
   *
   * @param name what the run is called
   */
  int download(Terminal terminal, DiskSettings disk, ReportedRun run, String name)
      throws IOException {
    if (!fits(terminal, disk)) {
      return ExitCode.DISK;
    }
    try (ManifestRows rows = check.rows()) {
      Work work = new Work(name, check.rowCount(), check.knownBytes(), rows);
      return run.run(work, manifest.header());
    }
  }

  /** Says so before the first byte when the disk is too small for the sizes in the manifest. */
  private boolean fits(Terminal terminal, DiskSettings disk) throws IOException {
    try (OutputFolder folder = OutputFolder.look(disk)) {
      OptionalLong needed = SpaceCheck.needed(check, folder);
      if (needed.isPresent()) {
        terminal.say(
            String.format(
                "nothing was downloaded: the files need %s more, and %s has %s free",
                Humans.bytes(needed.getAsLong()),
                disk.outputDir(),
                Humans.bytes(folder.usableSpace())));
      }
      return needed.isEmpty();
    }
  }
}
