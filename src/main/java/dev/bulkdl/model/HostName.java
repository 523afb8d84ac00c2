package dev.bulkdl.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares the hosts of URLs, without DNS. */
final class HostName {

  private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  private HostName() {}

  /**
   * Returns the canonical spelling: lower case, without the dot of the root, IPv6 addresses in full
   * and in brackets. An IPv4 address inside an IPv6 address becomes that IPv4 address.
   *
   * @param host as in a URL: ASCII, IPv6 in brackets
   */
  static String canonical(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      return ipv6(lower);
    }
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String ipv6(String literal) {
    try {
      String full = InetAddress.getByName(literal).getHostAddress(); // brackets: never a name
      return full.indexOf(':') < 0 ? full : "[" + full + "]";
    } catch (UnknownHostException e) {
      return literal; // a zone that this machine does not have, for example
    }
  }

  /** Returns true if a canonical host is an address, not a name. */
  static boolean isAddress(String canonical) {
    return canonical.startsWith("[") || IPV4.matcher(canonical).matches();
  }

  /** Returns true if a canonical host is always this machine (RFC 6761 §6.3). */
  static boolean isLoopback(String canonical) {
    return canonical.equals("localhost")
        || canonical.endsWith(".localhost")
        || canonical.equals("[0:0:0:0:0:0:0:1]")
        || (canonical.startsWith("127.") && isAddress(canonical));
  }
}
