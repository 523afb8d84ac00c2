package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/",
        "HTTPS://H/x",
        "http://h",
        "http://user:pw@h:8080/p?q=1",
        "http://[::1]:65535/x",
        "http://h:1/x"
      })
  void takesHttpAndHttpsAsTheyAre(String uri) {
    assertThat(SourceUri.checked(URI.create(uri))).hasToString(uri);
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a#part, http://h/a",
    "http://h/a?q#, http://h/a?q",
    "http://h#f, http://h",
  })
  void dropsTheFragmentThatIsNeverSent(String uri, String sent) {
    assertThat(SourceUri.checked(URI.create(uri))).hasToString(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/passwd, only http and https are fetched",
    "ftp://h/x, only http and https are fetched",
    "jar:http://h/x!/y, only http and https are fetched",
    "data:text/plain;a, only http and https are fetched",
    "/just/a/path, no scheme",
    "//h/x, no scheme",
    "http:///x, no host",
    "http:opaque, no host",
    "http://under_score/x, holds _",
    "http://a_b@h$/x, host name is not allowed",
    "http://h:0/x, port",
    "http://h:65536/x, port",
    "http://h:99999/x, port",
  })
  void refusesWhatCannotBeFetchedAndSaysWhy(String uri, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceUri.checked(URI.create(uri)))
        .withMessageContaining(reason);
  }
}
