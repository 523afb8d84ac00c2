package dev.bulkdl.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of UTF-8 (RFC 3986, 2.1). Pure. */
final class PercentCoding {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentCoding() {}

  /**
   * Encodes every character except unreserved characters, the characters in {@code allowed}, and
   * existing percent-encoded bytes. A percent sign that encodes nothing becomes {@code %25}.
   */
  static String encode(String text, String allowed) {
    int clean = 0;
    while (clean < text.length() && isLegal(text, clean, allowed)) {
      clean++;
    }
    if (clean == text.length()) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 32).append(text, 0, clean);
    int next;
    for (int i = clean; i < text.length(); i = next) {
      next = text.offsetByCodePoints(i, 1);
      if (isLegal(text, i, allowed)) {
        encoded.append(text.charAt(i));
      } else {
        for (byte octet : text.substring(i, next).getBytes(StandardCharsets.UTF_8)) {
          encoded.append('%').append(HEX.toHexDigits(octet));
        }
      }
    }
    return encoded.toString();
  }

  /** Decodes ASCII text. If the decoded bytes are not UTF-8, the text is returned unchanged. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteBuffer octets = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isEncoded(text, i)) {
        octets.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        octets.put((byte) text.charAt(i));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }

  private static boolean isLegal(String text, int i, String allowed) {
    char c = text.charAt(i);
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0
        || allowed.indexOf(c) >= 0
        || isEncoded(text, i);
  }

  private static boolean isEncoded(String text, int i) {
    return text.charAt(i) == '%'
        && i + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(i + 1))
        && HexFormat.isHexDigit(text.charAt(i + 2));
  }
}
