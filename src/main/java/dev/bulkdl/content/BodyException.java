package dev.bulkdl.content;

import dev.bulkdl.model.Failure;
import java.io.IOException;

/** The network failed while content was read; tells such a failure from one of the disk. */
public final class BodyException extends IOException {

  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public BodyException(Failure failure) {
    super(failure.text());
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
