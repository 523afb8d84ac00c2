package dev.bulkdl.text;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The rules for a URI that may be fetched. */
public final class SourceUri {

  private SourceUri() {}

  /**
   * Returns the URI without its fragment, which is never sent (RFC 9110 §7.1).
   *
   * @throws IllegalArgumentException when it is not an absolute http or https URI with a host and a
   *     possible port; the message says why
   */
  public static URI checked(URI uri) {
    if (uri.getScheme() == null) {
      throw new IllegalArgumentException(
          "the URL has no scheme; it must begin with http:// or https://");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("only http and https are fetched, not " + scheme);
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new IllegalArgumentException(hostComplaint(Optional.ofNullable(uri.getRawAuthority())));
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new IllegalArgumentException("the URL's port must lie between 1 and 65535");
    }
    if (uri.getRawFragment() == null) {
      return uri;
    }
    String text = uri.toString();
    return URI.create(text.substring(0, text.indexOf('#')));
  }

  /** Of the names that no host may have, those with {@code _} are met most. */
  private static String hostComplaint(Optional<String> authority) {
    if (authority.isEmpty()) {
      return "the URL has no host";
    }
    return authority.get().substring(authority.get().lastIndexOf('@') + 1).contains("_")
        ? "the URL's host name is not allowed: it holds _, for which no TLS certificate is checked;"
            + " use another name of that server"
        : "the URL's host name is not allowed";
  }
}
