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
    int port = uri.getPort() >= 0 ? uri.getPort() : usualPort(scheme);
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  boolean isEncrypted() {
    return scheme.equals("https");
  }

  /** Whether the port is the one that the scheme has when a URL names none. */
  boolean hasUsualPort() {
    return port == usualPort(scheme);
  }

  /** Whether both are one host, however their URLs write it, and at whichever port. */
  public boolean isSameHostAs(Origin other) {
    return canonicalHost().equals(other.canonicalHost());
  }

  /** The host in its one spelling, whatever the URL wrote. */
  String canonicalHost() {
    return HostName.canonical(host);
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
