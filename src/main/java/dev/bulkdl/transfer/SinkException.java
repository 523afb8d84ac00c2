package dev.bulkdl.transfer;

import dev.bulkdl.model.Failure;
import java.io.IOException;

/** The content has nowhere to go. The network is not to blame. */
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
