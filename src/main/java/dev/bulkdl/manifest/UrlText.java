package dev.bulkdl.manifest;

import dev.bulkdl.text.Chars;
import dev.bulkdl.text.SourceUri;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Parses URLs as people write them. Characters that a URL must not contain are percent-encoded, as
 * browsers do. Existing percent-encoding is kept. Host names in other scripts are converted to
 * ASCII (RFC 3490). Pure.
 */
public final class UrlText {

  /**
   * These characters are not encoded in the user information, besides letters, digits and {@code
   * -._~} (RFC 3986, 3). Queries can contain [] too.
   */
  private static final String USER_INFO = "!$&'()*+,;=:";

  private static final String PATH = USER_INFO + "@/";
  private static final String QUERY = PATH + "?[]";

  private UrlText() {}

  /**
   * Returns the URI that the text means, without its fragment.
   *
   * @throws IllegalArgumentException when the text is not an absolute http or https URL that can be
   *     fetched; the message gives the reason and does not repeat the text
   */
  public static URI parse(String text) {
    String url = text.strip();
    if (url.isEmpty()) {
      throw new IllegalArgumentException("the URL is missing");
    }
    if (Chars.any(url, Character::isISOControl)) {
      throw new IllegalArgumentException("the URL holds a control character or a line break");
    }
    String scheme = scheme(url);
    int start = scheme.length() + 3;
    if (!url.startsWith("://", scheme.length()) || start == url.length()) {
      throw new IllegalArgumentException("the URL has no host");
    }
    int path = endOf(url, start, "/?#");
    int fragment = endOf(url, path, "#");
    return uri(
        scheme
            + "://"
            + authority(url.substring(start, path))
            + rest(url.substring(path, fragment)));
  }

  /**
   * Returns the last segment of the URI's path. It is percent-decoded if the result is UTF-8. The
   * caller must check whether it is allowed as a file name.
   *
   * @throws IllegalArgumentException when the path ends in {@code /} or is empty
   */
  public static String fileName(URI uri) {
    String path = uri.getRawPath();
    String segment = path.substring(path.lastIndexOf('/') + 1);
    if (segment.isEmpty()) {
      throw new IllegalArgumentException(
          "the URL's path ends without a file name, so the row must give one");
    }
    return PercentCoding.decode(segment);
  }

  private static String scheme(String url) {
    int colon = url.indexOf(':');
    if (colon < 1 || !isScheme(url.substring(0, colon)) || isHostAndPort(url, colon)) {
      throw new IllegalArgumentException(
          "the URL has no scheme; it must begin with http:// or https://");
    }
    String scheme = url.substring(0, colon);
    if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
      throw new IllegalArgumentException("only http and https are fetched, not " + scheme);
    }
    return scheme;
  }

  private static boolean isScheme(String name) {
    return Chars.isAsciiLetter(name.charAt(0))
        && Chars.all(
            name, c -> Chars.isAsciiLetter(c) || Chars.isAsciiDigit(c) || "+.-".indexOf(c) >= 0);
  }

  /**
   * Returns true if the user probably meant {@code localhost:8080/file} or {@code
   * user:password@host}.
   */
  private static boolean isHostAndPort(String url, int colon) {
    int rest = colon + 1;
    return !url.startsWith("//", rest)
        && (url.lastIndexOf('.', colon) > 0
            || url.indexOf('@', rest) >= 0
            || (rest < url.length() && Character.isDigit(url.charAt(rest))));
  }

  private static String authority(String text) {
    int at = text.lastIndexOf('@');
    String userInfo = at < 0 ? "" : PercentCoding.encode(text.substring(0, at), USER_INFO) + "@";
    String hostAndPort = text.substring(at + 1);
    int hostEnd = hostEnd(hostAndPort);
    String host = hostAndPort.substring(0, hostEnd);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the URL has no host");
    }
    if (!host.startsWith("[") && host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("the URL's host name is not allowed");
    }
    return userInfo + ascii(host) + port(hostAndPort.substring(hostEnd));
  }

  private static int hostEnd(String hostAndPort) {
    if (hostAndPort.startsWith("[")) {
      int bracket = hostAndPort.indexOf(']');
      if (bracket < 0) {
        throw new IllegalArgumentException("the URL's IPv6 address lacks its ']'");
      }
      return bracket + 1;
    }
    int colon = hostAndPort.lastIndexOf(':');
    return colon < 0 ? hostAndPort.length() : colon;
  }

  private static String port(String text) {
    if (text.isEmpty() || text.equals(":")) {
      return "";
    }
    if (text.charAt(0) != ':'
        || text.length() > 10
        || !Chars.all(text.substring(1), Chars::isAsciiDigit)) {
      throw new IllegalArgumentException("the URL's port must lie between 1 and 65535");
    }
    return text;
  }

  private static String ascii(String host) {
    if (Chars.all(host, c -> c < 0x80)) {
      return host;
    }
    try {
      return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the URL's host name is not allowed", e);
    }
  }

  private static String rest(String pathAndQuery) {
    int query = endOf(pathAndQuery, 0, "?");
    return PercentCoding.encode(pathAndQuery.substring(0, query), PATH)
        + PercentCoding.encode(pathAndQuery.substring(query), QUERY);
  }

  /** Path and query are already encoded, so only the host can still be wrong. */
  private static URI uri(String text) {
    try {
      return SourceUri.checked(new URI(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the URL's host name is not allowed", e);
    }
  }

  private static int endOf(String text, int from, String ends) {
    int i = from;
    while (i < text.length() && ends.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }
}
