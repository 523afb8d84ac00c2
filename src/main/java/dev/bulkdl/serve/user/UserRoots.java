package dev.bulkdl.serve.user;

import dev.bulkdl.disk.NearestPath;
import dev.bulkdl.text.DeviceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folders of the users. Each lies directly or deeper below one folder, none inside another, and
 * none holds the state folder.
 */
public final class UserRoots {

  private static final Pattern FOLDER =
      Pattern.compile("[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,64}){0,7}");
  private final Path root;
  private final Path state;

  /**
   * @throws IOException if the folder cannot be made
   * @throws IllegalArgumentException if one of the folders lies in the other
   */
  public UserRoots(Path root, Path state) throws IOException {
    Files.createDirectories(root);
    Files.createDirectories(state);
    this.root = root.toRealPath();
    this.state = state.toRealPath();
    if (this.state.startsWith(this.root) || this.root.startsWith(this.state)) {
      throw new IllegalArgumentException(
          "--root "
              + root
              + " and --state "
              + state
              + " must not lie in one another; a download"
              + " could change the database");
    }
  }

  /** Returns the folder below which all users' folders lie. */
  public Path folder() {
    return root;
  }

  /**
   * Returns the absolute folder for a relative one.
   *
   * @param taken the folders of the other users
   * @throws IllegalArgumentException that says what is wrong with it
   */
  String resolve(String relative, List<String> taken) {
    if (!FOLDER.matcher(relative).matches()) {
      throw new IllegalArgumentException(
          "'" + relative + "' is no folder below the root; write for example alice or team/alice");
    }
    for (String part : relative.split("/", -1)) {
      if (part.startsWith(".") || part.endsWith(".") || DeviceNames.isDevice(part)) {
        throw new IllegalArgumentException("a folder cannot be called '" + part + "'");
      }
    }
    Path folder = below(relative);
    for (String other : taken) {
      Path theirs = Path.of(other);
      if (folder.startsWith(theirs) || theirs.startsWith(folder)) {
        throw new IllegalArgumentException(
            "the folder '" + relative + "' belongs to another user; name another one");
      }
    }
    return folder.toString();
  }

  /** Follows links of the parts that exist, so that no link leads out. */
  private Path below(String relative) {
    try {
      Path folder = NearestPath.real(root.resolve(relative).normalize());
      if (!folder.startsWith(root) || folder.equals(root) || state.startsWith(folder)) {
        throw new IllegalArgumentException(
            "'" + relative + "' leads out of the root by a link; name another folder");
      }
      return folder;
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("the folder '" + relative + "' cannot be used", e);
    }
  }
}
