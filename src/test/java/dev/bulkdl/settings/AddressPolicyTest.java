package dev.bulkdl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private static final AddressPolicy PUBLIC = AddressPolicy.restrictedTo(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.0.1",
        "198.19.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "127.1",
        "2130706433",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "2001:0:53aa:64c::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "2001:db8::1",
        "2606:4700::5efe:7f00:1",
        "2606:4700::200:5efe:a00:1",
        "4000::1"
      })
  void whatIsNotPublicIsRefused(String address) throws UnknownHostException {
    assertThat(PUBLIC.refusal(InetAddress.getByName(address))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "169.253.0.1",
        "192.167.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8"
      })
  void whatIsPublicPasses(String address) throws UnknownHostException {
    assertThat(PUBLIC.refusal(InetAddress.getByName(address))).isEmpty();
  }

  @Test
  void allowedNetworksPassAlsoInOtherSpellings() throws UnknownHostException {
    AddressPolicy some =
        AddressPolicy.restrictedTo(
            List.of(AddressRange.parse("10.2.0.0/15"), AddressRange.parse("fd12::/16")));
    assertThat(some.refusal(InetAddress.getByName("10.3.255.1"))).isEmpty();
    assertThat(some.refusal(InetAddress.getByName("::ffff:10.3.0.1"))).isEmpty();
    assertThat(some.refusal(InetAddress.getByName("64:ff9b::a03:1"))).isEmpty();
    assertThat(some.refusal(InetAddress.getByName("fd12::1"))).isEmpty();
    assertThat(some.refusal(InetAddress.getByName("10.4.0.1"))).contains("a private address");
    assertThat(some.refusal(InetAddress.getByName("fd13::1"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "example.org/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0/8",
        "fd00::/x",
        "ab/8"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
