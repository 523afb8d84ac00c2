package dev.bulkdl.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network.
 *
 * @param base an address in it
 * @param bits how many of the first bits all its addresses share
 */
public record AddressRange(InetAddress base, int bits) {

  /** With numbers up to 255: anything else would be looked up as a name. */
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

  /**
   * @throws IllegalArgumentException when the addresses are shorter
   */
  public AddressRange {
    if (bits < 0 || bits > base.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "/" + bits + " is longer than an address of " + base.getHostAddress());
    }
  }

  /**
   * Returns the network of a text such as {@code 10.0.0.0/8}, {@code fd00::/8} or {@code
   * 192.168.1.7}. No name is looked up.
   *
   * @throws IllegalArgumentException when the text is no network; the message shows a right one
   */
  public static AddressRange parse(String text) {
    String plain = text.strip();
    int slash = plain.indexOf('/');
    String address = slash < 0 ? plain : plain.substring(0, slash);
    try {
      if (IPV4.matcher(address).matches() || IPV6.matcher(address).matches()) {
        InetAddress base = InetAddress.getByName(address);
        int all = base.getAddress().length * Byte.SIZE;
        return new AddressRange(
            base, slash < 0 ? all : Integer.parseInt(plain.substring(slash + 1)));
      }
    } catch (UnknownHostException | NumberFormatException e) {
      // The message is the same.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no network; write for example 10.0.0.0/8 or fd00::/8");
  }

  /** Returns the address that a text is; empty if it is a name, which is not looked up. */
  public static Optional<InetAddress> literal(String host) {
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      return Optional.of(parse(plain).base());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns whether the address is in the network. */
  public boolean contains(InetAddress address) {
    byte[] one = base.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % Byte.SIZE);
      if ((one[i / Byte.SIZE] & mask) != (other[i / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + bits;
  }
}
