package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

  private static Origin of(String uri) {
    return Origin.of(URI.create(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a, http://h/b?c",
    "http://h/, http://h:80/",
    "https://h/, https://h:443/",
    "HTTP://H/, http://h/",
    "http://u:p@h/, http://h/",
    "http://[::1]/, http://[::1]:80/",
  })
  void isTheSameWhateverThePathAndTheSpelling(String one, String other) {
    assertThat(of(one)).isEqualTo(of(other));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/, https://h/",
    "http://h:443/, https://h:443/",
    "http://h/, http://h:8080/",
    "http://h/, http://www.h/",
    "http://h/, http://h./",
  })
  void isAnotherForAnotherSchemeHostOrPort(String one, String other) {
    assertThat(of(one)).isNotEqualTo(of(other));
  }

  @ParameterizedTest
  @CsvSource({"http://User:pw@H/x, http://h:80", "https://h:8443/x, https://h:8443"})
  void namesNoPathAndNoSecret(String uri, String shown) {
    assertThat(of(uri)).hasToString(shown);
  }
}
