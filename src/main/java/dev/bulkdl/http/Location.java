package dev.bulkdl.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Resolves the target of a Location field (RFC 9110, 10.2.2) against the requested URI. Pure. */
final class Location {

  private static final Pattern ABOVE_ROOT = Pattern.compile("^([a-z]+://[^/?#]*)/(?:\\.\\./)+");
  private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final String ILLEGAL = " \"<>\\^`{|}";

  private Location() {}

  /**
   * Resolves by RFC 3986, 5.2. Characters that servers send although a URI must not contain them
   * are escaped.
   *
   * @throws IllegalArgumentException if the result is not a URI
   */
  static URI resolve(URI base, String field) {
    String reference = escaped(field.strip());
    if (reference.isEmpty() || reference.startsWith("#")) {
      return base;
    }
    if (reference.startsWith("?")) { // java.net.URI would drop the last segment of the path
      return URI.create(withoutQuery(base) + reference);
    }
    URI target = rooted(base).resolve(URI.create(reference));
    return URI.create(ABOVE_ROOT.matcher(target.toString()).replaceFirst("$1/"));
  }

  private static String withoutQuery(URI uri) {
    return uri.toString().replaceFirst("[?#].*", "");
  }

  /** Returns the URI with a path, against which a relative one can be resolved. */
  private static URI rooted(URI base) {
    boolean bare = base.getRawPath() == null || base.getRawPath().isEmpty();
    return bare ? URI.create(withoutQuery(base) + "/") : base;
  }

  private static String escaped(String field) {
    String text = LONE_PERCENT.matcher(field).replaceAll("%25");
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
