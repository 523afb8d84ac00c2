package dev.bulkdl.app;

import dev.bulkdl.model.TargetName;
import java.nio.file.Path;
import java.util.Objects;

/** Where files go when nobody says. */
public final class OutputDirs {

  private OutputDirs() {}

  /**
   * The manifest's name without its ending, in the current folder. The failed.csv of an output
   * folder goes on in that folder, so that it can be run as it is.
   */
  public static Path forManifest(String location) {
    if (location.equals("-")) {
      return Path.of("downloads");
    }
    Path manifest = Path.of(location).toAbsolutePath().normalize();
    Path folder = manifest.getParent();
    if (folder != null && folder.getParent() != null && folder.endsWith(TargetName.OWN_FOLDER)) {
      return Objects.requireNonNull(folder.getParent());
    }
    String name = String.valueOf(manifest.getFileName());
    String stem = name.replaceFirst("(?i)\\.gz$", "").replaceFirst("(?<=.)\\.[^.]*$", "");
    return Path.of(stem.equals(name) ? name + "-files" : stem);
  }
}
