package dev.bulkdl.manifest;

import dev.bulkdl.model.Redaction;

/** Text of the manifest as an error may show it: short, on one line, without secrets. */
final class Excerpt {

  private static final int MAX_SHOWN = 80;

  /**
   * Longer text is only counted: looking for secrets in it would take long, and cutting first could
   * show one.
   */
  private static final int MAX_SEARCHED = 1000;

  private Excerpt() {}

  /** A column's name, which needs no quotes. */
  static String name(String text) {
    String quoted = of(text.strip());
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The text in quotes, at most about 80 characters of it. */
  static String of(String text) {
    if (text.length() > MAX_SEARCHED) {
      return "(" + text.length() + " characters)";
    }
    String safe = Redaction.of(text);
    if (safe.codePointCount(0, safe.length()) <= MAX_SHOWN) {
      return "'" + safe + "'";
    }
    return "'" + safe.substring(0, safe.offsetByCodePoints(0, MAX_SHOWN)) + "…'";
  }

  /**
   * The same for what was meant to be a URL. As it is none, its user information may stand
   * anywhere: nothing before the last {@code @} is shown.
   */
  static String ofUrl(String text) {
    int at = text.lastIndexOf('@');
    return of(at < 0 ? text : "***" + text.substring(at));
  }
}
