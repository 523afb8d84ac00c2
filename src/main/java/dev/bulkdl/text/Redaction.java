package dev.bulkdl.text;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns text from outside into text that may be shown: without secrets and without control
 * characters.
 */
public final class Redaction {

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]*@");

  /** Where a URL may not be one, its user information may hold any character. */
  private static final Pattern TORN_USER_INFO = Pattern.compile("(?<=:/)\\S*@");

  /** What may stand before {@code =}; whether it is a parameter's name is seen then. */
  private static final Pattern NAME = Pattern.compile("&?[^=&#\\s]++|&");

  private static final Pattern VALUE = Pattern.compile("[^&#\\s]*+");

  /** The names of parameters that grant access, or what they hold. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)signature|token|secret|password|passwd|credential|api-?_?key|session"
              + "|(?<=[?&;])(?:sig|key|auth|pwd)$");

  private Redaction() {}

  /**
   * The URI without user information and without the values of query parameters that grant access.
   */
  public static String of(URI uri) {
    return of(uri.toString());
  }

  /**
   * The same for what was meant to be a URI and is none, or may be none. As its user information
   * may then stand anywhere, nothing before the last {@code @} is shown.
   */
  public static String ofBrokenUri(String text) {
    int at = text.lastIndexOf('@');
    return of(at < 0 ? text : "***" + text.substring(at));
  }

  /** The same for words of a command line, some of them such URIs and others paths. */
  public static String ofCommandLine(String text) {
    return of(TORN_USER_INFO.matcher(text).replaceAll("***@"));
  }

  /** The same for any text in which such URIs may stand. */
  public static String of(String text) {
    String anonymous = text.indexOf('@') < 0 ? text : USER_INFO.matcher(text).replaceAll("");
    return printable(anonymous.indexOf('=') < 0 ? anonymous : withoutSecretValues(anonymous));
  }

  /** Passes over each character once or twice, however the text is made. */
  private static String withoutSecretValues(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    Matcher name = NAME.matcher(text);
    Matcher value = VALUE.matcher(text);
    int at = 0;
    while (name.find(at)) {
      boolean secret = text.startsWith("=", name.end()) && isSecret(name.group());
      int kept = secret ? name.end() + 1 : name.end();
      safe.append(text, at, kept);
      at = kept;
      if (secret && value.region(kept, text.length()).lookingAt()) {
        safe.append("***");
        at = value.end();
      }
    }
    return safe.append(text, at, text.length()).toString();
  }

  /** Whether a parameter's name in this text, be there a path before it or not, is a secret's. */
  private static boolean isSecret(String text) {
    int start = 0;
    while (start < text.length() && "?&;".indexOf(text.charAt(start)) < 0) {
      start++;
    }
    return SECRET.matcher(text.substring(start)).find();
  }

  /**
   * The text with control, format and line characters as visible escapes, so that no terminal obeys
   * them.
   */
  public static String printable(String text) {
    if (Chars.isPlain(text) || text.codePoints().noneMatch(Chars::isInvisible)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (Chars.isInvisible(c)) {
                safe.append(String.format("\\u%04x", c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
