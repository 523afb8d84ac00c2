package dev.bulkdl.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The target of a Location field (RFC 9110 §10.2.2), resolved against the URI that was asked. */
final class Location {

  private static final String ILLEGAL = " \"<>\\^`{|}";

  private Location() {}

  /**
   * Resolves by RFC 3986 §5.2; characters that servers send though no URI may hold them are
   * escaped.
   *
   * @throws IllegalArgumentException when it is no URI even so
   */
  static URI resolve(URI base, String field) {
    String reference = escaped(field.strip());
    if (reference.startsWith("?")) { // java.net.URI would drop the last part of the path
      return URI.create(withoutQuery(base) + reference);
    }
    return rooted(base).resolve(URI.create(reference));
  }

  private static String withoutQuery(URI uri) {
    return uri.toString().replaceFirst("[?#].*", "");
  }

  /** The same URI with a path, against which a relative one can be resolved. */
  private static URI rooted(URI base) {
    boolean bare = base.getRawPath() == null || base.getRawPath().isEmpty();
    return bare ? URI.create(withoutQuery(base) + "/") : base;
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c > 0x7e || ILLEGAL.indexOf(c) >= 0) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  safe.append(String.format("%%%02X", b & 0xff));
                }
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
