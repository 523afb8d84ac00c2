package dev.bulkdl.disk;

import java.io.IOException;
import java.nio.file.Path;

/** Another program truncated, replaced or hard-linked a file while this program wrote it. */
public final class ChangedByOthersException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * @param finding what is wrong, as the end of a sentence that begins with the file
   */
  ChangedByOthersException(Path file, String finding) {
    super("another program changed the partial file: " + file + " " + finding);
  }
}
