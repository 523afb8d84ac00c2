package dev.bulkdl.model;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port of a URI (RFC 9110 §4.3.1). Credentials, permits and pauses belong to an
 * origin.
 */
public record Origin(String scheme, String host, int port) {

  /** Returns the origin of an absolute http or https URI with a host. */
  public static Origin of(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : usualPort(scheme);
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }

  public boolean isEncrypted() {
    return scheme.equals("https");
  }

  /** Returns true if the port is the scheme's default. */
  boolean hasUsualPort() {
    return port == usualPort(scheme);
  }

  /** Returns true if both have the same host, in any spelling and at any port. */
  public boolean isSameHostAs(Origin other) {
    return canonicalHost().equals(other.canonicalHost());
  }

  /** Returns the host in its canonical spelling. */
  public String canonicalHost() {
    return HostName.canonical(host);
  }

  private static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** As the record's own, in less time: an origin is the key of many maps. */
  @Override
  public int hashCode() {
    return (scheme.hashCode() * 31 + host.hashCode()) * 31 + port;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Origin that
            && port == that.port
            && host.equals(that.host)
            && scheme.equals(that.scheme));
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
