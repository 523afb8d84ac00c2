package dev.bulkdl.app;

import dev.bulkdl.model.TargetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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

  /**
   * Whether the file system there takes names that differ only in case for one; nothing is written.
   */
  static boolean isCaseInsensitive(Path folder) {
    Path at = folder.toAbsolutePath().normalize();
    while (at != null && at.getFileName() != null) {
      String name = at.getFileName().toString();
      Path swapped = at.resolveSibling(swapCase(name));
      if (Files.exists(at) && !swapped.getFileName().toString().equals(name)) {
        return isSame(at, swapped);
      }
      at = at.getParent();
    }
    return false;
  }

  private static String swapCase(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
  }

  private static boolean isSame(Path a, Path b) {
    try {
      return Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }
}
