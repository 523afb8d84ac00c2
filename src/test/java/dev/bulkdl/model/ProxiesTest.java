package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  private static boolean isDirect(String direct, String uri) {
    Optional<Proxy> proxy = Optional.of(Proxy.parse("p.example:1"));
    Proxies proxies = new Proxies(proxy, proxy, NoProxy.parse(direct));
    return proxies.to(Origin.of(URI.create(uri))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | http://any.example/",
        "example.org | http://example.org/",
        "example.org | https://a.b.EXAMPLE.org:8443/",
        ".example.org | http://a.example.org/",
        "*.example.org | http://a.example.org/",
        "Example.Org. | http://a.example.org/",
        "a.example, example.org | http://example.org/",
        "a.example example.org:81 | http://example.org:81/",
        "example.org:80 | http://example.org/",
        "10.0.0.0/8 | http://10.200.3.4/",
        "192.168.7.9 | http://192.168.7.9:8080/",
        "192.168.7.9:8080 | http://192.168.7.9:8080/",
        "10.1.2.3/32 | http://10.1.2.3/",
        "0.0.0.0/0 | http://8.8.8.8/",
        "::1 | http://[::1]/",
        "[::1] | http://[::1]:81/",
        "[::1]:81 | http://[::1]:81/",
        "fd00::/8 | http://[fd12::1]/",
        "fd12::1 | http://[fd12:0:0:0:0:0:0:1]/",
      })
  void isReachedDirectly(String direct, String uri) {
    assertThat(isDirect(direct, uri)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | http://any.example/",
        "example.org | http://notexample.org/",
        "example.org | http://example.org.evil.example/",
        "example.org:81 | http://example.org/",
        "10.0.0.0/8 | http://11.0.0.1/",
        "10.0.0.0/8 | http://10.example/",
        "10.0.0.0/8 | http://[::a00:1]/",
        "10.0.0.1 | http://110.0.0.1/",
        "0.1 | http://10.0.0.1/",
        "::1 | http://[::2]/",
        "999.0.0.0/8 | http://10.0.0.1/",
        "10.0.0.0/x | http://10.0.0.1/",
      })
  void goesThroughTheProxy(String direct, String uri) {
    assertThat(isDirect(direct, uri)).isFalse();
  }

  @Test
  void eachSchemeHasItsOwn() {
    Proxies proxies =
        new Proxies(
            Optional.of(Proxy.parse("http://a")),
            Optional.of(Proxy.parse("https://b")),
            NoProxy.parse(""));
    assertThat(proxies.to(Origin.of(URI.create("http://x/"))).map(Proxy::toString))
        .contains("http://a:80");
    assertThat(proxies.to(Origin.of(URI.create("https://x/"))).map(Proxy::toString))
        .contains("https://b:443");
  }

  @Test
  void secretsAreNotShown() {
    Proxy proxy = Proxy.parse("http://me:s3cret@p.example:3128/");
    assertThat(proxy.userInfo()).contains("me:s3cret");
    assertThat(proxy).hasToString("http://p.example:3128");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proxy.parse("socks5://me:s3cret@p.example"))
        .withMessage("not an http or https proxy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p", "http://", "p:99999", "a b", "ftp://p", ":3128"})
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Proxy.parse(text));
  }
}
