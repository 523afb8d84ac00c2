package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;
import java.io.IOException;

/** The target does not accept the content. It is not a failure of the network. */
public final class SinkException extends IOException {

  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  SinkException(Failure failure) {
    super(failure.text());
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
