package dev.bulkdl.model;

import dev.bulkdl.text.SourceUri;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP proxy.
 *
 * @param secure whether the proxy itself is spoken to over TLS
 * @param userInfo percent-encoded {@code user:password} for it (RFC 7617)
 */
public record Proxy(boolean secure, String host, int port, Optional<String> userInfo) {

  /**
   * Reads {@code http://[user:password@]host[:port]}; without a scheme it is http, without a port
   * the scheme's own.
   *
   * @throws IllegalArgumentException when it is something else; the message holds no secret
   */
  public static Proxy parse(String text) {
    URI uri;
    try {
      uri = SourceUri.checked(URI.create(text.contains("://") ? text : "http://" + text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an http or https proxy", e);
    }
    boolean secure = uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    return new Proxy(
        secure, uri.getHost(), Origin.of(uri).port(), Optional.ofNullable(uri.getRawUserInfo()));
  }

  /** User and password are left out on purpose. */
  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + host + ":" + port;
  }
}
