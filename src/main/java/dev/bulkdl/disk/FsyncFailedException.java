package dev.bulkdl.disk;

import java.io.IOException;

/**
 * An fsync failed. Nothing that was written since the last good fsync is safe, even if it can be
 * read.
 */
public final class FsyncFailedException extends IOException {

  private static final long serialVersionUID = 1;

  FsyncFailedException(IOException cause) {
    super("fsync failed: " + cause.getMessage(), cause);
  }
}
