package dev.bulkdl.app;

import dev.bulkdl.text.IoText;
import java.io.IOException;
import java.nio.file.Path;

/** The metrics cannot go where the user wants them; the message says so to the user. */
final class NoPortException extends IOException {

  private static final long serialVersionUID = 1;

  private NoPortException(String message, IOException cause) {
    super(message, cause);
  }

  static NoPortException of(String address, int port, IOException cause) {
    return new NoPortException(
        "--metrics-port: %s:%d cannot be used (%s); give another port, or 0 for a free one"
            .formatted(address, port, IoText.of(cause)),
        cause);
  }

  static NoPortException of(Path file, IOException cause) {
    return new NoPortException(
        "--metrics-file: %s cannot be written; give a file in a folder that exists (%s)"
            .formatted(file, IoText.of(cause)),
        cause);
  }
}
