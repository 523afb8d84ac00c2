package dev.bulkdl.http;

import java.io.IOException;

/** All addresses of a host are forbidden. The message says which one, and why. */
final class ForbiddenAddressException extends IOException {

  private static final long serialVersionUID = 1;

  ForbiddenAddressException(String message) {
    super(message);
  }
}
