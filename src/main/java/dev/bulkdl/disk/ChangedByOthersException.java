package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Another program cut, replaced or linked a file while this one wrote it. */
public final class ChangedByOthersException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * @param finding what is wrong with the file now, as the end of a sentence about it
   */
  ChangedByOthersException(Path file, String finding) {
    super("something else changed it: the partial file " + file + " " + finding);
  }
}
