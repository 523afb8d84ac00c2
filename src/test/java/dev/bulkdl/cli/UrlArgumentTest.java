package dev.bulkdl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlArgumentTest {

  @ParameterizedTest
  @CsvSource({
    "example.org/a, https://example.org/a",
    "example.org, https://example.org",
    "h.example.org:8443/a?b=c, https://h.example.org:8443/a?b=c",
    "192.0.2.1/x, https://192.0.2.1/x",
    "intranet:8080/x, https://intranet:8080/x",
    "localhost/a, http://localhost/a",
    "LOCALHOST:8080/a, http://LOCALHOST:8080/a",
    "127.0.0.1:8080/a, http://127.0.0.1:8080/a",
    "[::1]:8080/a, http://[::1]:8080/a",
    "[2001:db8::1]:80/a, https://[2001:db8::1]:80/a",
    "müller.example/ä, https://müller.example/ä",
  })
  void aHostWithoutASchemeIsHttpsAndOnThisMachineHttp(String text, String url) {
    assertThat(UrlArgument.complete(text)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a",
        "ftp://h/a",
        "nonsense",
        "./a.csv",
        "/a",
        "",
        "user:password@h/a",
        "a b.example/",
        "mailto:me"
      })
  void otherTextIsLeftAlone(String text) {
    assertThat(UrlArgument.complete(text)).isEqualTo(text);
  }
}
