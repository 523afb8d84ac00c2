package dev.bulkdl.cli;

import dev.bulkdl.text.HeaderField;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request header as {@code Name: value} (RFC 9110 §5). The value is a secret: no message repeats
 * it.
 */
final class HeaderLine {

  /**
   * The rest of a credential after the user forgot to quote it. The shell passes the other words as
   * further arguments.
   */
  private static final Pattern CUT_OFF =
      Pattern.compile("|Bearer|Basic|Digest|Token|Negotiate|ApiKey", Pattern.CASE_INSENSITIVE);

  private HeaderLine() {}

  /**
   * Returns the name and the value, without the blanks around them.
   *
   * @throws IllegalArgumentException when this is not a single header; the message does not repeat
   *     it
   */
  static Map.Entry<String, String> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not a header, which has a colon");
    }
    String name = text.substring(0, colon).strip();
    HeaderField.check(name, text); // unstripped: the blanks may be line ends
    String value = text.substring(colon + 1).strip();
    if (HeaderField.isCredential(name) && CUT_OFF.matcher(value).matches()) {
      throw new IllegalArgumentException("the header has no value; quote it as one argument");
    }
    return Map.entry(name, value);
  }
}
