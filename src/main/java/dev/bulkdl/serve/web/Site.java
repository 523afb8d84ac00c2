package dev.bulkdl.serve.web;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Under which addresses the server is reached, and whom it believes. Pure decisions about the
 * headers {@code Host}, {@code Origin} and {@code X-Forwarded-For}.
 *
 * @param basePath empty, or a path such as {@code /bulkdl}
 * @param publicUrls the outer addresses of proxies in front
 * @param secure whether the server itself speaks TLS
 */
record Site(String basePath, List<URI> publicUrls, Networks proxies, boolean secure) {

  private static final String HTTPS = "https";

  Site {
    publicUrls = List.copyOf(publicUrls);
  }

  /** Where the API begins. */
  String api() {
    return basePath + "/api/v1";
  }

  /**
   * Returns whether a request with this {@code Host} is meant for us: a name of the loopback, the
   * address that the connection was made to, or a public URL. Any other name may be a foreign page
   * that points its name to this address (DNS rebinding).
   *
   * @param local the address of this end of the connection
   */
  boolean knows(String host, InetAddress local) {
    String name = name(host);
    boolean isLoopback = name.equals("localhost") || name.equals("localhost.");
    return isLoopback
        || Networks.address(name)
            .map(address -> address.isLoopbackAddress() || address.equals(local))
            .orElse(false)
        || isPublic(host);
  }

  private boolean isPublic(String host) {
    return publicUrls.stream().anyMatch(url -> isHostOf(url, host));
  }

  /** Returns whether the browser reached this host by https. */
  boolean isSecure(String host) {
    return secure
        || publicUrls.stream()
            .anyMatch(url -> HTTPS.equalsIgnoreCase(url.getScheme()) && isHostOf(url, host));
  }

  /** Some proxies pass on the name without the port. */
  private static boolean isHostOf(URI url, String host) {
    String asked = host.strip();
    return asked.equalsIgnoreCase(authority(url)) || asked.equalsIgnoreCase(url.getHost());
  }

  /** Returns whether the page that sent a request is ours. The port of a public URL counts. */
  boolean isOwnOrigin(String origin, String host) {
    String own = (secure ? HTTPS : "http") + "://" + host.strip();
    return (!isPublic(host) && origin.equalsIgnoreCase(own))
        || publicUrls.stream()
            .anyMatch(url -> origin.equalsIgnoreCase(url.getScheme() + "://" + authority(url)));
  }

  /**
   * Returns the address that a request comes from. Only a trusted proxy may name another one, and
   * the rightmost that is no trusted proxy counts.
   */
  String client(InetAddress peer, Optional<String> forwarded) {
    if (!proxies.contains(peer) || forwarded.isEmpty()) {
      return peer.getHostAddress();
    }
    String[] hops = forwarded.get().split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<InetAddress> hop = Networks.address(hops[i].strip());
      if (hop.isEmpty()) {
        return peer.getHostAddress();
      }
      if (!proxies.contains(hop.get())) {
        return hop.get().getHostAddress();
      }
    }
    return peer.getHostAddress();
  }

  private static String authority(URI url) {
    int port = url.getPort();
    boolean isUsual = port < 0 || port == (HTTPS.equalsIgnoreCase(url.getScheme()) ? 443 : 80);
    return url.getHost() + (isUsual ? "" : ":" + port);
  }

  private static String name(String host) {
    String lower = host.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int end = lower.indexOf(']');
      return end < 0 ? "" : lower.substring(0, end + 1);
    }
    int colon = lower.indexOf(':');
    return colon < 0 ? lower : lower.substring(0, colon);
  }
}
