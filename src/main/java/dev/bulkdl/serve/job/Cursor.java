package dev.bulkdl.serve.job;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where the next page of a list begins: behind the item with this key and id.
 *
 * @param key what the list is sorted by: a number or a text
 */
record Cursor(String key, String id) {

  private static final char SEPARATOR = '\n';

  String text() {
    byte[] bytes = (key + SEPARATOR + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads what {@link #text} has written.
   *
   * @throws InvalidJobException when it is something else
   */
  static Optional<Cursor> parse(Optional<String> text) {
    return text.map(Cursor::parse);
  }

  private static Cursor parse(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int at = plain.lastIndexOf(SEPARATOR);
      if (at >= 0) {
        return new Cursor(plain.substring(0, at), plain.substring(at + 1));
      }
    } catch (IllegalArgumentException e) {
      // The message is the same.
    }
    throw wrong();
  }

  long number() {
    return number(key);
  }

  long idNumber() {
    return number(id);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private static InvalidJobException wrong() {
    return new InvalidJobException("cursor", "is not one of this list; start without it");
  }
}
