package dev.bulkdl.app;

import dev.bulkdl.disk.OutputFolder;
import dev.bulkdl.engine.Session.Work;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.plan.ManifestCheck;
import dev.bulkdl.plan.SpaceCheck;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.report.HumanFormat;
import dev.bulkdl.report.RunAgain;
import dev.bulkdl.settings.DiskSettings;
import dev.bulkdl.settings.Settings;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Downloads every row of a manifest, and keeps everything that a run leaves in {@code .bulkdl}. The
 * main job of the program.
 *
 * @param input the manifest
 * @param settings how, and into which folder
 * @param outputs what is kept and printed
 * @param name what the run is called in its reports, in place of the manifest's location
 * @param again the command that finishes what is left
 */
public record ManifestDownload(
    ManifestInput input,
    Settings settings,
    RunOutputs outputs,
    Optional<String> name,
    Optional<RunAgain> again) {

  /** A manifest of the user's. */
  public ManifestDownload(ManifestInput input, Settings settings, RunOutputs outputs) {
    this(input, settings, outputs, Optional.empty(), Optional.empty());
  }

  /** The same with the command that finishes what is left. */
  public ManifestDownload with(RunAgain command) {
    return new ManifestDownload(input, settings, outputs, name, Optional.of(command));
  }

  /**
   * Checks the manifest, runs to the end and returns the exit code. Nothing is requested when the
   * manifest is wrong or the disk too small.
   */
  public int run(Console console) {
    try (CheckedManifest manifest = CheckedManifest.open(input, settings, true, console)) {
      if (!manifest.isUsable()) {
        return ExitCode.USAGE;
      }
      Optional<Settings> forList = manifest.settings(settings, console);
      if (forList.isEmpty()) {
        return ExitCode.USAGE;
      }
      return fits(manifest.check(), console)
          ? download(manifest, forList.get(), console)
          : ExitCode.DISK;
    } catch (ManifestException | IOException e) {
      return CheckedManifest.failed(input, e, console);
    }
  }

  private int download(CheckedManifest manifest, Settings forList, Console console) {
    ManifestCheck check = manifest.check();
    try (ManifestRows rows = manifest.rows(input.order())) {
      String shown = name.orElseGet(manifest::name);
      Work work =
          new Work(shown, check.rowCount(), check.rowsWithSize(), check.knownBytes(), rows.ends());
      return new RecordedRun(console, outputs, forList, again).run(work, manifest.header());
    }
  }

  /** Says so before the first byte when the disk is too small for the sizes in the manifest. */
  private boolean fits(ManifestCheck check, Console console) throws IOException {
    DiskSettings disk = settings.disk();
    try (OutputFolder folder = OutputFolder.look(disk)) {
      OptionalLong needed = SpaceCheck.needed(check, folder);
      if (needed.isPresent()) {
        console.say(
            String.format(
                "nothing was downloaded: the files need %s more, and %s has %s free",
                HumanFormat.bytes(needed.getAsLong()),
                disk.outputDir(),
                HumanFormat.bytes(folder.usableSpace())));
      }
      return needed.isEmpty();
    }
  }
}
