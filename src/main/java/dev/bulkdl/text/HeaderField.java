package dev.bulkdl.text;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules for request headers that a user gives (RFC 9110 §5). */
public final class HeaderField {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private HeaderField() {}

  /**
   * Refuses what would not arrive as one header: a name that is no token, or a value with a control
   * character, line ends among them.
   *
   * @throws IllegalArgumentException whose message repeats neither
   */
  public static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a header's name before the colon");
    }
    if (Chars.any(value, c -> Character.isISOControl(c) && c != '\t')) {
      throw new IllegalArgumentException(
          "the header holds a line end or another control character");
    }
  }

  /** Whether a header of this name grants access, so that only its own host may see it. */
  public static boolean isCredential(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("cookie")
        || lower.startsWith("proxy-")
        || Stream.of("token", "key", "secret", "auth").anyMatch(lower::contains);
  }
}
