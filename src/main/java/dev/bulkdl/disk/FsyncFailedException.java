package dev.bulkdl.disk;

import java.io.IOException;

/**
 * The device did not take what was written: none of it is to be believed, even if it can be read.
 */
public final class FsyncFailedException extends IOException {

  private static final long serialVersionUID = 1;

  FsyncFailedException(IOException cause) {
    super("not forced to the device: " + cause.getMessage(), cause);
  }
}
