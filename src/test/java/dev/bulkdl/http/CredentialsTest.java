package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private static final List<Map.Entry<String, String>> CUSTOM =
      List.of(Map.entry("X-Token", "t"), Map.entry("Cookie", "c"));

  private static List<Map.Entry<String, String>> headers(
      String source, String target, List<Map.Entry<String, String>> custom) {
    return Credentials.headersFor(URI.create(source), URI.create(target), custom);
  }

  private static Map.Entry<String, String> basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return Map.entry("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void theManifestsOwnOriginSeesWhatTheUserGave() {
    assertThat(headers("http://h/a", "http://h:80/b?c", CUSTOM)).isEqualTo(CUSTOM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/a",
        "http://h:8080/a",
        "http://other/a",
        "http://h.evil/a",
        "http://sub.h/a",
      })
  void noOtherOriginSeesAnything(String target) {
    assertThat(headers("http://u:p@h/a", target, CUSTOM)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:p@h/, u:p",
    "http://u@h/, u:",
    "http://u:@h/, u:",
    "http://u:p:q@h/, u:p:q",
    "http://u:p%40h%2F%3A@h/, u:p@h/:",
    "http://a+b:c+d@h/, a+b:c+d",
    "http://%C3%BC:p@h/, ü:p",
  })
  void userInformationBecomesBasicAuthorization(String source, String pair) {
    assertThat(headers(source, "http://h/x", List.of())).containsExactly(basic(pair));
  }

  @Test
  void anAuthorizationThatTheUserGaveWins() {
    List<Map.Entry<String, String>> own = List.of(Map.entry("authorization", "Bearer x"));
    assertThat(headers("http://u:p@h/", "http://h/", own)).isEqualTo(own);
  }

  @Test
  void bothKindsGoTogether() {
    assertThat(headers("http://u:p@h/", "http://h/", CUSTOM))
        .containsExactly(CUSTOM.get(0), CUSTOM.get(1), basic("u:p"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://u:p@h/a@b?c=d@e, http://h/a@b?c=d@e",
    "http://u@h:81, http://h:81",
    "https://u:p%40@h/x, https://h/x",
    "http://h/a@b, http://h/a@b",
    "http://h/?x=http://u@v/, http://h/?x=http://u@v/",
  })
  void aRequestsUriHasNoUserInformation(String uri, String stripped) {
    assertThat(Credentials.strip(URI.create(uri))).hasToString(stripped);
  }

  @Test
  void aRequestPrintsNoSecret() {
    Get get =
        new Get(
            URI.create("http://h/?token=s3cret"),
            Optional.of(new ByteRange(0, 1)),
            Optional.empty(),
            List.of(Map.entry("X", "s3cret")));
    assertThat(get).hasToString("GET bytes=0-0");
  }
}
