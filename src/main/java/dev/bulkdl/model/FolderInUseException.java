package dev.bulkdl.model;

import java.io.IOException;
import java.nio.file.Path;

/** Another run uses the output folder. The message names the folder and that run. */
public final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1;

  public FolderInUseException(Path folder, String holder) {
    super(
        folder
            + " is in use by another run ("
            + (holder.isBlank() ? "holder unknown" : holder)
            + "); wait for it, stop it, or choose another folder with -d");
  }
}
