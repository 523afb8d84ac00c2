package dev.bulkdl.model;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Turns text from outside into text that may be shown: without secrets and without control
 * characters.
 */
public final class Redaction {

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*@");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?i)([?&;](?:[^=&#\\s]*(?:signature|token|secret|password|passwd|credential|api-?_?key"
              + "|session)[^=&#\\s]*|sig|key|auth|pwd)=)[^&#\\s]*");

  private Redaction() {}

  /**
   * The URI without user information and without the values of query parameters that grant access.
   */
  public static String of(URI uri) {
    return of(uri.toString());
  }

  /** The same for any text in which such URIs may stand. */
  public static String of(String text) {
    String anonymous = USER_INFO.matcher(text).replaceAll("");
    return printable(SECRET_PARAMETER.matcher(anonymous).replaceAll("$1***"));
  }

  /**
   * The text with control, format and line characters as visible escapes, so that no terminal obeys
   * them.
   */
  public static String printable(String text) {
    if (text.codePoints().noneMatch(Redaction::isUnsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isUnsafe(c)) {
                safe.append(String.format("\\u%04x", c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
