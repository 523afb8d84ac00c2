package dev.bulkdl.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that are reached without a proxy, as {@code no_proxy} lists them: {@code *} for all, a
 * domain with all below it, an address, a network such as {@code 10.0.0.0/8}; each with a port or
 * for all ports.
 */
public record NoProxy(List<Entry> entries) {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");

  /**
   * @param host a domain or an address without brackets
   * @param prefix the network's length in bits, -1 for a domain or a single address
   * @param port -1 for all
   */
  record Entry(String host, int prefix, int port) {}

  /**
   * Reads a list that is separated by commas or spaces. Nothing in it is an error, as in other
   * programs.
   */
  public static NoProxy parse(String text) {
    return new NoProxy(
        Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .map(NoProxy::entry)
            .toList());
  }

  /** Returns true if an origin's host is one of these. No name is looked up. */
  boolean covers(Origin origin) {
    String host = bare(origin.host());
    return entries.stream()
        .filter(entry -> entry.port < 0 || entry.port == origin.port())
        .anyMatch(entry -> covers(entry, host));
  }

  private static boolean covers(Entry entry, String host) {
    if (entry.host.equals("*")) {
      return true;
    }
    if (!isAddress(host) || !isAddress(entry.host)) {
      return host.equals(entry.host) || host.endsWith("." + entry.host);
    }
    byte[] network = address(entry.host);
    byte[] asked = address(host);
    int bits = network.length * 8;
    int ignored = entry.prefix < 0 ? 0 : Math.max(0, bits - entry.prefix);
    return network.length == asked.length
        && new BigInteger(1, network)
            .shiftRight(ignored)
            .equals(new BigInteger(1, asked).shiftRight(ignored));
  }

  private static Entry entry(String text) {
    int slash = text.indexOf('/');
    if (slash > 0 && text.substring(slash + 1).matches("\\d{1,3}")) {
      return new Entry(
          bare(text.substring(0, slash)), Integer.parseInt(text, slash + 1, text.length(), 10), -1);
    }
    int colon = text.lastIndexOf(':');
    boolean port = colon > 0 && text.substring(colon + 1).matches("\\d{1,5}");
    if (port && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']')) {
      return new Entry(
          bare(text.substring(0, colon)), -1, Integer.parseInt(text, colon + 1, text.length(), 10));
    }
    return new Entry(bare(text), -1, -1);
  }

  /** A host without brackets, leading dot or the dot of the root. */
  private static String bare(String host) {
    return host.replaceFirst("^\\[(.*)]$", "$1")
        .replaceFirst("^\\*?\\.", "")
        .replaceFirst("\\.$", "");
  }

  private static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  private static byte[] address(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress(); // a literal: nothing is looked up
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }
}
