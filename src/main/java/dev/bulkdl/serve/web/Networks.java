package dev.bulkdl.serve.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Networks such as {@code 10.0.0.0/8}, {@code ::1} or {@code 192.0.2.7}. */
record Networks(List<Network> all) {

  static final Networks NONE = new Networks(List.of());

  /** Only digits and separators, so that no name is ever looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  record Network(InetAddress address, int bits) {

    boolean contains(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] its = other.getAddress();
      if (mine.length != its.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((mine[bit >> 3] & mask) != (its[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  Networks {
    all = List.copyOf(all);
  }

  boolean contains(InetAddress address) {
    return all.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * @throws IllegalArgumentException if one is no network; the message shows a right one
   */
  static Networks parse(List<String> texts) {
    return new Networks(texts.stream().map(Networks::one).toList());
  }

  private static Network one(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    InetAddress address =
        address(literal)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + text + "' is no network; write for example 10.0.0.0/8 or fd00::/8"));
    int most = address.getAddress().length * 8;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "'" + text + "' has a wrong number of bits; write 0 to " + most);
    }
    return new Network(address, bits);
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  /** Returns the address that is written as numbers; empty for a name. */
  static Optional<InetAddress> address(String literal) {
    String bare =
        literal.startsWith("[") && literal.endsWith("]")
            ? literal.substring(1, literal.length() - 1)
            : literal;
    if (!LITERAL.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
