package dev.bulkdl.app;

import java.io.IOException;

/** What an error of the file system is called for people. */
final class ErrorText {

  private ErrorText() {}

  static String of(IOException e) {
    String kind = e.getClass().getSimpleName();
    if (e.getMessage() == null) {
      return kind;
    }
    return e.getClass() == IOException.class ? e.getMessage() : e.getMessage() + " (" + kind + ")";
  }
}
