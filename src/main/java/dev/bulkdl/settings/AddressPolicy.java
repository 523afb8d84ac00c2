package dev.bulkdl.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to. A restricted engine connects to public addresses only, and
 * to networks that are allowed by name. Pure.
 *
 * @param isRestricted whether addresses are judged at all
 * @param allowed networks that may be connected to although they are not public
 */
public record AddressPolicy(boolean isRestricted, List<AddressRange> allowed) {

  /** Every address may be connected to. */
  public static final AddressPolicy OPEN = new AddressPolicy(false, List.of());

  private static final int IPV4_BYTES = 4;

  /** A network that is not public, and what it is. */
  private record Denied(AddressRange range, String what) {
    static Denied of(String range, String what) {
      return new Denied(AddressRange.parse(range), what);
    }
  }

  private static final List<Denied> IPV4 =
      List.of(
          Denied.of("0.0.0.0/8", "an unspecified address"),
          Denied.of("10.0.0.0/8", "a private address"),
          Denied.of("100.64.0.0/10", "an address of a provider's own network"),
          Denied.of("127.0.0.0/8", "a loopback address"),
          Denied.of("169.254.0.0/16", "a link-local address"),
          Denied.of("172.16.0.0/12", "a private address"),
          Denied.of("192.0.0.0/24", "a reserved address"),
          Denied.of("192.0.2.0/24", "an address for examples"),
          Denied.of("192.88.99.0/24", "a reserved address"),
          Denied.of("192.168.0.0/16", "a private address"),
          Denied.of("198.18.0.0/15", "an address for measurements"),
          Denied.of("198.51.100.0/24", "an address for examples"),
          Denied.of("203.0.113.0/24", "an address for examples"),
          Denied.of("224.0.0.0/4", "a multicast address"),
          Denied.of("240.0.0.0/4", "a reserved address"));

  /** What public IPv6 addresses have in common. */
  private static final AddressRange GLOBAL = AddressRange.parse("2000::/3");

  /** IPv4 addresses as an IPv6-only network reaches them; they are judged as IPv4. */
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");

  private static final List<Denied> IPV6 =
      List.of(
          Denied.of("::1/128", "a loopback address"),
          Denied.of("::/128", "an unspecified address"),
          Denied.of("fe80::/10", "a link-local address"),
          Denied.of("fc00::/7", "a private address"),
          Denied.of("fec0::/10", "a private address"),
          Denied.of("ff00::/8", "a multicast address"),
          Denied.of("2001::/23", "an address of Teredo or another reserved network"),
          Denied.of("2001:db8::/32", "an address for examples"),
          Denied.of("2002::/16", "an address of 6to4, which hides another one"),
          Denied.of("3fff::/20", "an address for examples"));

  public AddressPolicy {
    allowed = List.copyOf(allowed);
  }

  /** Only public addresses, and these networks. */
  public static AddressPolicy restrictedTo(List<AddressRange> allowed) {
    return new AddressPolicy(true, allowed);
  }

  /** Returns what is wrong with an address; empty if it may be connected to. */
  public Optional<String> refusal(InetAddress address) {
    if (!isRestricted || isAllowed(address)) {
      return Optional.empty();
    }
    byte[] bytes = address.getAddress();
    if (bytes.length == IPV4_BYTES) {
      return denied(IPV4, address);
    }
    if (NAT64.contains(address)) {
      return refusal(ipv4(bytes));
    }
    return denied(IPV6, address)
        .or(() -> GLOBAL.contains(address) ? hidden(bytes) : Optional.of("a reserved address"));
  }

  private boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(range -> range.contains(address));
  }

  private static Optional<String> denied(List<Denied> list, InetAddress address) {
    return list.stream().filter(each -> each.range.contains(address)).map(Denied::what).findFirst();
  }

  /** ISATAP has an IPv4 address in the last bytes, behind 0:5efe. */
  private Optional<String> hidden(byte[] bytes) {
    boolean isIsatap =
        (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && (bytes[11] & 0xff) == 0xfe;
    return isIsatap ? refusal(ipv4(bytes)) : Optional.empty();
  }

  private static InetAddress ipv4(byte[] ipv6) {
    try {
      return InetAddress.getByAddress(
          Arrays.copyOfRange(ipv6, ipv6.length - IPV4_BYTES, ipv6.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }

  /** Returns these rules with more networks that are allowed. */
  public AddressPolicy plus(List<AddressRange> more) {
    return new AddressPolicy(isRestricted, Stream.concat(allowed.stream(), more.stream()).toList());
  }
}
