package dev.bulkdl.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/**
 * A warning or an error from a library.
 *
 * @param logger the name under which the library logs
 * @param text the message and its causes; it may contain secrets and control characters
 */
public record LibraryWarning(String logger, String text) {

  private static final int MAX_CAUSES = 5;
  private static final int MAX_LENGTH = 4_000;

  static LibraryWarning of(
      String logger,
      @Nullable String message,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    StringBuilder text =
        new StringBuilder(
            String.valueOf(MessageFormatter.basicArrayFormat(message, arguments)).strip());
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      text.append(i == 0 ? ": " : ", caused by ").append(cause);
      cause = cause.getCause();
    }
    return new LibraryWarning(logger, text.substring(0, Math.min(text.length(), MAX_LENGTH)));
  }
}
