package dev.bulkdl.model;

import dev.bulkdl.text.Chars;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The hosts that may see a header: one host, or all names below a domain.
 *
 * @param host in one spelling; for all names below a domain, that domain
 * @param below whether names below {@code host} are meant, at any depth, and not {@code host}
 * @param port the only port; without one, the scheme's own port, and on this machine any port
 */
public record HostScope(String host, boolean below, OptionalInt port) {

  /** The narrower of two scopes for one host is the greater one. */
  public static final Comparator<HostScope> BY_NARROWNESS =
      Comparator.comparing(HostScope::below, Comparator.reverseOrder())
          .thenComparingInt(scope -> scope.host.length())
          .thenComparing(scope -> scope.port.isPresent());

  private static final String BELOW = "*.";

  /**
   * Reads {@code HOST}, {@code HOST:PORT}, {@code *.DOMAIN} or {@code *.DOMAIN:PORT}. Names in
   * other scripts are allowed. An IPv6 address with a port needs brackets.
   *
   * @throws IllegalArgumentException when the text is none of these; the message says why and does
   *     not repeat the text, which may hold a secret by mistake
   */
  public static HostScope parse(String text) {
    String given = text.strip();
    boolean below = given.startsWith(BELOW);
    String rest = below ? given.substring(BELOW.length()) : given;
    int colon = rest.lastIndexOf(':');
    boolean bareIpv6 = !rest.startsWith("[") && rest.indexOf(':') != colon;
    boolean hasPort = colon >= 0 && !bareIpv6 && rest.indexOf(']', colon) < 0;
    String host = host(bareIpv6 ? "[" + rest + "]" : hasPort ? rest.substring(0, colon) : rest);
    if (below && HostName.isAddress(host)) {
      throw new IllegalArgumentException("*. needs a domain, not an address");
    }
    OptionalInt port =
        hasPort ? OptionalInt.of(port(rest.substring(colon + 1))) : OptionalInt.empty();
    return new HostScope(host, below, port);
  }

  private static String host(String text) {
    try {
      String ascii =
          Chars.all(text, c -> c < 0x80)
              ? text
              : IDN.toASCII(text, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
      String host = new URI("http://" + ascii + "/").getHost();
      if (host != null && host.equals(ascii)) {
        return HostName.canonical(host.toLowerCase(Locale.ROOT));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // The message below is the same for all causes, because theirs would repeat the text.
    }
    throw new IllegalArgumentException("this is no name or address of a host");
  }

  private static int port(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 5 && Chars.all(text, Chars::isAsciiDigit);
    int port = digits ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the host's port must lie between 1 and 65535");
    }
    return port;
  }

  /** Returns true if this scope contains the origin, with its port. */
  public boolean covers(Origin origin) {
    return coversHostOf(origin)
        && (port.isPresent()
            ? port.getAsInt() == origin.port()
            : origin.hasUsualPort() || HostName.isLoopback(origin.canonicalHost()));
  }

  /** Returns true if this scope contains the host, at any port. */
  public boolean coversHostOf(Origin origin) {
    return coversHost(origin.host());
  }

  /** Returns true if this scope contains the host in any spelling, at any port. */
  public boolean coversHost(String name) {
    String asked = HostName.canonical(name);
    return below ? asked.endsWith("." + host) : asked.equals(host);
  }

  /** Returns true if this scope contains all hosts of the other one, at any port. */
  public boolean contains(HostScope other) {
    boolean sameName = other.host.equals(host);
    return below ? other.host.endsWith("." + host) || (other.below && sameName) : equals(other);
  }

  /** Returns the text that {@link #parse} reads as this scope. */
  @Override
  public String toString() {
    return (below ? BELOW : "") + host + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
