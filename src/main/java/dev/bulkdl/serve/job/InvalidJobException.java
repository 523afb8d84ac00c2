package dev.bulkdl.serve.job;

/** What was asked for cannot be done as it stands. Nothing was changed. */
public final class InvalidJobException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String field;

  /**
   * @param field the part of the request that is wrong; empty if it is no single one
   * @param message the reason and the way out, for the user
   */
  public InvalidJobException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns the part of the request that is wrong; empty if it is no single one. */
  public String field() {
    return field;
  }
}
