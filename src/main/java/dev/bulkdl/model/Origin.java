package dev.bulkdl.model;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of a URI: the unit to which credentials, permits and pauses belong (RFC
 * 9110 §4.3.1).
 */
public record Origin(String scheme, String host, int port) {

  /** The origin of an absolute http or https URI that has a host. */
  public static Origin of(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
