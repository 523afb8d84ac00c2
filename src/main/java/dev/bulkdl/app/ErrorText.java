package dev.bulkdl.app;

import dev.bulkdl.text.IoText;
import java.io.IOException;

/** What an error of the file system is called for people. */
final class ErrorText {

  private ErrorText() {}

  static String of(IOException e) {
    return IoText.of(e);
  }
}
