package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkdl.settings.HttpSettings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts a header is given for. */
class HostScopeTest {

  private static boolean covers(String scope, String uri) {
    return HostScope.parse(scope).covers(Origin.of(URI.create(uri)));
  }

  @ParameterizedTest
  @CsvSource({
    "archive.org, https://archive.org/",
    "archive.org, http://archive.org:80/",
    "archive.org, https://archive.org:443/",
    "Archive.ORG, https://aRCHIVE.org/",
    "archive.org., https://archive.org/",
    "archive.org, https://archive.org./",
    "*.archive.org, https://x.archive.org/",
    "*.archive.org, https://x.y.archive.org./",
    "*.Archive.org.:8443, https://x.archive.org:8443/",
    "bücher.example, https://xn--bcher-kva.example/",
    "BÜCHER.example, https://xn--bcher-kva.example/",
    "*.bücher.example, https://a.xn--bcher-kva.example/",
    "xn--bcher-kva.example, https://xn--bcher-kva.example/",
    "10.0.0.1, https://10.0.0.1/",
    "[2001:db8::1], https://[2001:DB8:0:0::1]/",
    "2001:db8::1, https://[2001:db8::1]/",
    "[2001:db8::1]:8443, https://[2001:db8::1]:8443/",
    "[::ffff:10.0.0.1], https://10.0.0.1/",
    "archive.org:8080, http://archive.org:8080/",
    "archive.org:80, http://archive.org/",
    "archive.org, https://user:pw@archive.org/",
    "localhost, http://localhost:40123/",
    "127.0.0.1, http://127.0.0.1:40123/",
    "127.9.9.9, http://127.9.9.9:40123/",
    "[::1], http://[::1]:40123/",
    "s3.localhost, http://s3.localhost:9000/",
    "*.localhost, http://s3.localhost:9000/",
    "127.0.0.1:40123, http://127.0.0.1:40123/",
  })
  void coversItsHost(String scope, String uri) {
    assertThat(covers(scope, uri)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "archive.org, https://evilarchive.org/",
    "archive.org, https://archive.org.evil.com/",
    "archive.org, https://x.archive.org/",
    "archive.org, https://archive.orgs/",
    "archive.org, https://archive.org@evil.com/",
    "archive.org, https://archive.org:444/",
    "archive.org, http://archive.org:443/",
    "archive.org, https://archive.org:80/",
    "archive.org:443, https://archive.org:444/",
    "*.archive.org, https://evilarchive.org/",
    "*.archive.org, https://archive.org/",
    "*.archive.org, https://x.archive.org.evil.com/",
    "*.archive.org, https://x.archive.org:8443/",
    "*.archive.org:8443, https://x.archive.org/",
    "bücher.example, https://bucher.example/",
    "10.0.0.1, https://10.0.0.10/",
    "[2001:db8::1], https://[2001:db8::10]/",
    "127.0.0.1:40123, http://127.0.0.1:40124/",
    "127.0.0.1, http://localhost/",
    "10.0.0.1, http://10.0.0.1:8080/",
    "localhost.evil.com, http://localhost.evil.com:8080/",
    "127.evil.com, http://127.evil.com:8080/",
  })
  void coversNoOther(String scope, String uri) {
    assertThat(covers(scope, uri)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*.",
        "**.s3cret",
        "*.*.s3cret",
        "x*.s3cret",
        "s3cret.*",
        "*.127.0.0.1",
        "*.0.0.1",
        "*.[::1]",
        "https://s3cret",
        "s3cret/x",
        "user@s3cret",
        "s3cret:",
        "s3cret:0",
        "s3cret:65536",
        "s3cret:99999999999",
        "s3cret:+80",
        "s3cret:٨٠",
        "[::1",
        "[::s3cret]",
        "::s3cret",
        "[::1]s3cret",
        "s3_cret.example",
        "s3cret..example",
        ".s3cret",
        "-s3cret",
        "s3cret?",
        "s3cret#",
        "s3cret\\",
        "s3cret example",
        "X-Token: s3cret",
      })
  void refusesWhatIsNoHostWithoutRepeatingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostScope.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("s3cret"))
        .withNoCause();
  }

  @Test
  void aScopedHeaderPrintsNoValue() {
    ScopedHeader header = new ScopedHeader(HostScope.parse("h"), "X-Key", "s3cret");
    assertThat(header.toString()).contains("X-Key").doesNotContain("s3cret");
    HttpSettings http = HttpSettings.DEFAULTS.withScoped(List.of(header));
    assertThat(http.toString()).doesNotContain("s3cret");
  }
}
