package dev.bulkdl.app;

import dev.bulkdl.manifest.Manifest;
import dev.bulkdl.plan.ManifestCheck;

/** What a manifest's check means for the user. */
final class ManifestMessages {

  private final Console console;
  private final Manifest manifest;
  private final ManifestCheck check;

  ManifestMessages(Console console, Manifest manifest, ManifestCheck check) {
    this.console = console;
    this.manifest = manifest;
    this.check = check;
  }

  /** Says what is odd but no error, unless the user wants quiet. */
  void warn() {
    manifest.warnings().forEach(warning -> console.note("warning: " + warning));
    check.repetition().ifPresent(note -> console.note("note: " + note));
  }

  /** Says everything that is wrong; false when nothing may be downloaded because of it. */
  boolean mayRun(boolean skipBadRows) {
    if (check.errorCount() == 0) {
      return true;
    }
    check.errors().forEach(error -> console.say(manifest.displayName() + ": " + error));
    long untold = check.errorCount() - check.errors().size();
    if (untold > 0) {
      console.say("and " + untold + (untold == 1 ? " more error" : " more errors"));
    }
    if (check.usable() && skipBadRows) {
      console.say(check.badRowCount() + " bad rows are left out");
      return true;
    }
    console.say(
        check.usable()
            ? "nothing was done; mend these rows, or leave them out with --skip-bad-rows"
            : "nothing was done");
    return false;
  }
}
