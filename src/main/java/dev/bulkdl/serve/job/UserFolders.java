package dev.bulkdl.serve.job;

import dev.bulkdl.disk.NearestPath;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.text.DeviceNames;
import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the folder of a job below the folder of its user. No name leads out of it, nor does a link
 * inside of it. The state folder is never inside, nor around it.
 *
 * @param stateDir the state folder
 */
record UserFolders(Path stateDir) {

  private static final String FIELD = "folder";

  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\p{L}\\p{N}._-]+");

  /**
   * Returns the folder in its usual spelling, {@code /} between its parts; empty for the user's own
   * folder.
   *
   * @throws InvalidJobException when it is not allowed
   */
  static String checked(String folder) {
    String text = folder.strip();
    if (text.isEmpty() || text.equals(".")) {
      return "";
    }
    String plain = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      TargetName.of(plain);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()).replace("file name", "folder"));
    }
    if (plain.indexOf('\\') >= 0 || plain.indexOf('%') >= 0 || plain.indexOf(':') >= 0) {
      throw refused("the folder must not hold \\, % or :");
    }
    for (String part : plain.split("/", -1)) {
      if (DeviceNames.isDevice(part) || part.endsWith(".") || part.endsWith(" ")) {
        throw refused("'" + part + "' is no name of a folder on every system; choose another");
      }
      if (part.toLowerCase(Locale.ROOT).equals(TargetName.OWN_FOLDER)) {
        throw refused("folders of the name " + TargetName.OWN_FOLDER + " are the downloader's own");
      }
    }
    return plain;
  }

  /** Returns a folder's name for a job of this name. */
  static String named(String name) {
    String plain = NOT_IN_NAMES.matcher(name).replaceAll("-").replaceAll("^[-.]+|[-.]+$", "");
    String cut =
        plain.substring(
            0, plain.offsetByCodePoints(0, Math.min(40, plain.codePointCount(0, plain.length()))));
    String end = cut.replaceAll("[-.]+$", "");
    return end.isEmpty() || DeviceNames.isDevice(end) ? "job" : end;
  }

  /**
   * Returns the folder of a job. What does not exist of it is not created.
   *
   * @param root the folder of the user
   * @param folder as {@link #checked} returns it
   * @throws InvalidJobException when it lies outside of the user's folder, or where the daemon
   *     keeps its state
   */
  Path resolve(String root, String folder) {
    try {
      Path base = Path.of(root).toAbsolutePath().normalize();
      Path wanted = base.resolve(checked(folder)).normalize();
      Path realBase = NearestPath.real(base);
      Path real = NearestPath.real(wanted);
      if (!wanted.startsWith(base) || !real.startsWith(realBase)) {
        throw refused("'" + folder + "' lies outside of your folder");
      }
      Path state = NearestPath.real(stateDir.toAbsolutePath().normalize());
      if (real.startsWith(state) || state.startsWith(real)) {
        throw refused("'" + folder + "' holds the daemon's own state; choose another folder");
      }
      return real;
    } catch (InvalidPathException e) {
      throw refused("'" + folder + "' is no name of a folder here");
    } catch (IOException e) {
      throw refused("'" + folder + "' cannot be used: " + IoText.reason(e));
    }
  }

  private static InvalidJobException refused(String why) {
    return new InvalidJobException(FIELD, why);
  }
}
