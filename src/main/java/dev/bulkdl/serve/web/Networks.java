package dev.bulkdl.serve.web;

import dev.bulkdl.settings.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Some networks, and addresses that are written as numbers. */
record Networks(List<AddressRange> all) {

  static final Networks NONE = new Networks(List.of());

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
    return new Networks(texts.stream().map(AddressRange::parse).toList());
  }

  /** Returns the address that is written as numbers; empty for a name, which is not looked up. */
  static Optional<InetAddress> address(String literal) {
    boolean isOpen = literal.startsWith("[");
    return isOpen != literal.endsWith("]") || literal.indexOf('/') >= 0 || literal.length() < 2
        ? Optional.empty()
        : AddressRange.literal(literal);
  }
}
