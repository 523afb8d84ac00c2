package dev.bulkdl.serve.client;

/** The daemon refused, or could not be reached; the message is for the user. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns the status of the answer; 0 without one. */
  public int status() {
    return status;
  }
}
