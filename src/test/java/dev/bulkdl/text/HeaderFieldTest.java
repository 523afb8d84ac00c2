package dev.bulkdl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.settings.HttpSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFieldTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "AUTHORIZATION",
        "cookie",
        "Proxy-Authorization",
        "proxy-anything",
        "X-Api-Key",
        "PRIVATE-TOKEN",
        "X-Amz-Security-Token",
        "client_secret",
        "X-Auth",
        "apikey",
      })
  void theseGrantAccess(String name) {
    assertThat(HeaderField.isCredential(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "User-Agent", "Referer", "X-Trace", "X-Proxy", "Cookies-Not"})
  void theseDoNot(String name) {
    assertThat(HeaderField.isCredential(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'', v", "'A B', v", "'A:', v", "'A\n', v", "Ä, v"})
  void aNameIsAToken(String name, String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> HeaderField.check(name, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "a\r\nB: c", "a\n", "\ra", "\0", "\u007f", "\u0085"})
  void aValueIsOneLine(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeaderField.check("A", "s3cret" + value))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  /** The library refuses it, too, before any request. */
  @Test
  void settingsTakeNoHeaderOfTwoLines() {
    List<Map.Entry<String, String>> two = List.of(Map.entry("A", "b\r\nC: d"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpSettings(two, Optional.empty(), false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScopedHeader(HostScope.parse("h"), "A", "b\nC: d"));
  }
}
