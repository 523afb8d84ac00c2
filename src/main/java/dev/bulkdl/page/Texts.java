package dev.bulkdl.page;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.Origin;
import dev.bulkdl.text.Redaction;

/**
 * Prepares external text for the page: secrets are redacted, control characters are made visible,
 * and the length is limited.
 */
final class Texts {
  private static final int LONGEST_NAME = 120;

  private Texts() {}

  static String name(Download download) {
    return clipped(Redaction.of(download.target().value()), LONGEST_NAME);
  }

  static String host(Origin origin) {
    return clipped(origin.toString(), LONGEST_NAME);
  }

  /** Replaces the middle by an ellipsis if the text is longer than {@code longest} characters. */
  static String clipped(String text, int longest) {
    int half = longest / 2;
    return text.length() <= longest
        ? text
        : text.substring(0, half) + "…" + text.substring(text.length() - half + 1);
  }
}
