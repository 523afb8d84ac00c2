package dev.bulkdl.app;

import dev.bulkdl.disk.LetterCase;
import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.manifest.ManifestException;
import dev.bulkdl.manifest.ManifestRows;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.plan.ManifestCheck;
import dev.bulkdl.report.ExitCode;
import dev.bulkdl.settings.RowOrder;
import dev.bulkdl.settings.Settings;
import dev.bulkdl.text.IoText;
import dev.bulkdl.text.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A manifest that was read to its end before any request. Everything that is wrong with it has been
 * said when this is open.
 */
final class CheckedManifest implements AutoCloseable {

  /**
   * Where the files of a manifest are or go.
   *
   * @param mayWrite whether the use case may create something there
   */
  record Folder(Path path, boolean mayWrite) {
    private boolean ignoresCase() {
      return LetterCase.isIgnored(path, mayWrite);
    }
  }

  private final Manifest manifest;
  private final ManifestCheck check;
  private final boolean usable;

  private CheckedManifest(Manifest manifest, ManifestCheck check, boolean usable) {
    this.manifest = manifest;
    this.check = check;
    this.usable = usable;
  }

  /**
   * Opens the manifest, reads all of its rows and says what is wrong.
   *
   * @param folder where its files are or go
   * @param scoped the headers that are given for hosts, which are looked for in the list
   * @throws ManifestException when it cannot be read at all; see {@link #failed}
   */
  static CheckedManifest open(
      ManifestInput input, Folder folder, List<ScopedHeader> scoped, Console console) {
    Manifest manifest = Manifest.open(input.location(), input.standardInput());
    try {
      ManifestCheck check = ManifestCheck.of(manifest, folder.ignoresCase(), scoped);
      ManifestMessages messages = new ManifestMessages(console, manifest, check);
      messages.warn();
      return new CheckedManifest(manifest, check, messages.mayRun(input.skipBadRows()));
    } catch (RuntimeException e) {
      manifest.close();
      throw e;
    }
  }

  /** Says why a manifest could not be worked on, and returns the exit code for it. */
  static int failed(ManifestInput input, Exception failure, Console console) {
    if (failure instanceof IOException disk) {
      console.say(IoText.of(disk));
      return ExitCode.DISK;
    }
    console.say(Redaction.ofCommandLine(input.location()) + ": " + failure.getMessage());
    return ExitCode.USAGE;
  }

  /**
   * Opens a manifest whose files go where these settings say.
   *
   * @param mayWrite whether the use case may create something there
   * @throws ManifestException when it cannot be read at all; see {@link #failed}
   */
  static CheckedManifest open(
      ManifestInput input, Settings settings, boolean mayWrite, Console console) {
    Folder folder = new Folder(settings.disk().outputDir(), mayWrite);
    return open(input, folder, settings.http().scopes().headers(), console);
  }

  /** The settings for its origins; empty, with the reason said, when nothing may be requested. */
  Optional<Settings> settings(Settings given, Console console) {
    return ListSettings.of(given, check.origins(), console);
  }

  /** Whether its rows, or its good ones where that was asked for, may be worked on. */
  boolean isUsable() {
    return usable;
  }

  String name() {
    return manifest.displayName();
  }

  List<String> header() {
    return manifest.header();
  }

  ManifestCheck check() {
    return check;
  }

  /** A pass over the rows; the caller closes it. */
  ManifestRows rows() {
    return check.rows();
  }

  /** A pass over the rows in this order; the caller closes it. */
  ManifestRows rows(RowOrder order) {
    return check.rows(order);
  }

  @Override
  public void close() {
    manifest.close();
  }
}
