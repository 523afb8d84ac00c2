package dev.bulkdl.app;

import java.io.IOException;

/** The port for metrics cannot be used; the message says so to the user. */
final class NoPortException extends IOException {

  private static final long serialVersionUID = 1;

  NoPortException(int port, IOException cause) {
    super(
        "--metrics-port: 127.0.0.1:%d cannot be used (%s); give another port, or 0 for a free one"
            .formatted(port, ErrorText.of(cause)),
        cause);
  }
}
