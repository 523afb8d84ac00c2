package dev.bulkdl.disk;

import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Creates a folder that the user has named, and explains why that is impossible. */
final class FolderCreation {

  private FolderCreation() {}

  /** Creates a folder if it is missing. */
  @FunctionalInterface
  interface Creation {
    void create(Path folder) throws IOException;
  }

  /**
   * Creates the folder if it is missing.
   *
   * @param option the option that names another folder, for the message
   */
  static void create(Path folder, String option, Creation creation) throws IOException {
    try {
      creation.create(folder);
    } catch (IOException e) {
      throw new IOException(explained(folder, option, e), e);
    }
  }

  private static String explained(Path folder, String option, IOException e) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at) && !Files.isDirectory(at)) {
        String kind = Files.isRegularFile(at) ? " is a file" : " is a device";
        return at + kind + ", not a folder; choose a folder with " + option;
      }
    }
    boolean refused = e instanceof NoSuchFileException;
    return "cannot create the folder "
        + folder
        + ": "
        + (refused ? "the file system does not allow it" : IoText.reason(e));
  }
}
