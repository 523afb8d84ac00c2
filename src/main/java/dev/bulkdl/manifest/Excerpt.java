package dev.bulkdl.manifest;

import dev.bulkdl.text.Redaction;

/** Prepares text of the manifest for an error message: short, on one line, without secrets. */
final class Excerpt {

  private static final int MAX_SHOWN = 80;

  private Excerpt() {}

  /** Returns a column's name without quotes. */
  static String name(String text) {
    String quoted = of(text.strip());
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Returns the text in quotes, shortened to about 80 characters. */
  static String of(String text) {
    return shortened(Redaction.of(text));
  }

  /** Returns the same as {@link #of} for text that should be a URL but may be malformed. */
  static String ofUrl(String text) {
    return shortened(Redaction.ofBrokenUri(text));
  }

  private static String shortened(String safe) {
    if (safe.codePointCount(0, safe.length()) <= MAX_SHOWN) {
      return "'" + safe + "'";
    }
    return "'" + safe.substring(0, safe.offsetByCodePoints(0, MAX_SHOWN)) + "…'";
  }
}
