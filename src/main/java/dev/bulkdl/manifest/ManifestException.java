package dev.bulkdl.manifest;

/**
 * The manifest cannot be read, or not beyond some line: nothing can be said about the rows that
 * follow. The message is for people, tells the way out, and does not repeat the manifest's name.
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

  /** The place and the reason. */
  public ManifestError error() {
    return error;
  }
}
