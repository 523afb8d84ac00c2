package dev.bulkdl.manifest;

import dev.bulkdl.model.Redaction;

/** Text of the manifest as an error may show it: short, on one line, without secrets. */
final class Excerpt {

  private static final int MAX_SHOWN = 80;

  private Excerpt() {}

  /** A column's name, which needs no quotes. */
  static String name(String text) {
    String quoted = of(text.strip());
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The text in quotes, at most about 80 characters of it. */
  static String of(String text) {
    return shortened(Redaction.of(text));
  }

  /** The same for what was meant to be a URL. */
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
