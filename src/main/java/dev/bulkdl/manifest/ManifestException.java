package dev.bulkdl.manifest;

/**
 * Reports that the manifest, or the rest of it after some line, cannot be read. Nothing is known
 * about the rows that follow. The message is for the user, names the way out, and does not repeat
 * the manifest's name.
 */
public final class ManifestException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient ManifestError error;

  ManifestException(ManifestError error) {
    super(error.toString());
    this.error = error;
  }

  ManifestException(long line, String reason) {
    this(ManifestError.ofRow(line, reason));
  }

  ManifestException(long line, String reason, Throwable cause) {
    this(line, reason);
    initCause(cause);
  }

  /** Returns the place and the reason. */
  public ManifestError error() {
    return error;
  }
}
