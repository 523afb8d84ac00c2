package dev.bulkdl.serve;

/** The daemon does not start with these settings; the message says why and the way out. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public RefusedException(String message) {
    super(message);
  }
}
