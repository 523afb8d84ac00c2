package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Download;
import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.ScopedHeader;
import dev.bulkdl.settings.HttpSettings;
import dev.bulkdl.settings.ListedOrigins;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private static final List<Map.Entry<String, String>> CUSTOM =
      List.of(Map.entry("X-Token", "t"), Map.entry("Cookie", "c"));

  private static List<Map.Entry<String, String>> headers(
      String source, String target, List<Map.Entry<String, String>> custom) {
    return headers(source, target, custom, List.of(), source);
  }

  /** Returns settings with headers for hosts, in a list with these URLs. */
  private static List<Map.Entry<String, String>> headers(
      String source,
      String target,
      List<Map.Entry<String, String>> custom,
      List<ScopedHeader> scoped,
      String... list) {
    List<Download> files =
        Arrays.stream(list).map(url -> Download.of("a", URI.create(url))).toList();
    HttpSettings http =
        new HttpSettings(custom, Optional.empty(), false)
            .withScoped(scoped)
            .forList(ListedOrigins.of(files, scoped));
    return Credentials.headersFor(URI.create(source), URI.create(target), http);
  }

  private static ScopedHeader scoped(String host, String name, String value) {
    return new ScopedHeader(HostScope.parse(host), name, value);
  }

  private static Map.Entry<String, String> basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return Map.entry("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void theManifestsOriginGetsTheUsersHeaders() {
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
  void otherOriginsGetNoHeaders(String target) {
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
  void theUsersAuthorizationWins() {
    List<Map.Entry<String, String>> own = List.of(Map.entry("authorization", "Bearer x"));
    assertThat(headers("http://u:p@h/", "http://h/", own)).isEqualTo(own);
  }

  @Test
  void headersAndUserInformationAreSentTogether() {
    assertThat(headers("http://u:p@h/", "http://h/", CUSTOM))
        .containsExactly(CUSTOM.get(0), CUSTOM.get(1), basic("u:p"));
  }

  /** For a list with several origins, and for an unknown list. */
  @Test
  void aCredentialWithoutAHostNeedsAListWithOneOrigin() {
    List<Map.Entry<String, String>> custom = List.of(CUSTOM.get(0), Map.entry("X-Trace", "1"));
    assertThat(headers("http://h/", "http://h/x", custom, List.of(), "http://h/", "https://h/"))
        .containsExactly(custom.get(1));
    HttpSettings unknown = new HttpSettings(custom, Optional.empty(), false);
    assertThat(Credentials.headersFor(URI.create("http://h/"), URI.create("http://h/x"), unknown))
        .containsExactly(custom.get(1));
  }

  @ParameterizedTest(name = "for {0}, a row at {1}, asked is {2}: {3}")
  @CsvSource({
    "a.org, https://a.org/, https://a.org/x, yes",
    "a.org, https://b.org/, https://a.org/x, yes",
    "a.org, https://a.org/, https://b.org/x, no",
    "a.org, https://A.ORG./, https://a.org/x, yes",
    "a.org, https://b.org/, https://evila.org/, no",
    "a.org, https://b.org/, https://a.org.evil.com/, no",
    "a.org, https://b.org/, https://x.a.org/, no",
    "a.org, https://b.org/, https://a.org:8443/, no",
    "a.org:8443, https://b.org/, https://a.org:8443/, yes",
    "a.org:8443, https://b.org/, https://a.org/, no",
    "*.a.org, https://b.org/, https://x.a.org/, yes",
    "*.a.org, https://b.org/, https://evila.org/, no",
    "*.a.org, https://b.org/, https://a.org/, no",
    "a.org, https://b.org/, https://b.org@a.org/, yes",
    "a.org, https://b.org/, https://a.org@b.org/, no",
    "a.org, http://b.org/, http://a.org/x, no",
    "a.org, http://a.org/, http://a.org/x, yes",
    "a.org, https://a.org/, http://a.org/x, no",
    "a.org:81, http://a.org/, http://a.org:81/x, yes",
  })
  void aHeaderForAHostGoesOnlyThere(String host, String source, String target, String sent) {
    ScopedHeader token = scoped(host, "X-Token", "t");
    List<Map.Entry<String, String>> wanted =
        sent.equals("yes") ? List.of(Map.entry("X-Token", "t")) : List.of();
    assertThat(headers(source, target, List.of(), List.of(token), source)).isEqualTo(wanted);
  }

  /** A redirect can lead there, if another row uses http for that host. */
  @Test
  void overHttpItIsSentIfAnyRowOfThatHostUsesHttp() {
    List<ScopedHeader> token = List.of(scoped("b.org", "X-Token", "t"));
    String[] list = {"http://a.org/", "http://b.org/"};
    assertThat(headers("http://a.org/", "http://b.org/x", List.of(), token, list)).hasSize(1);
    String[] secure = {"http://a.org/", "https://b.org/"};
    assertThat(headers("http://a.org/", "http://b.org/x", List.of(), token, secure)).isEmpty();
  }

  @Test
  void theNarrowestScopeWinsForEachName() {
    List<ScopedHeader> tokens =
        List.of(
            scoped("*.org", "Cookie", "1"),
            scoped("*.a.org", "cookie", "2"),
            scoped("*.org", "X-Key", "3"),
            scoped("x.a.org", "COOKIE", "4"),
            scoped("x.a.org:443", "Cookie", "5"),
            scoped("x.a.org:443", "Cookie", "6"));
    assertThat(headers("http://b/", "https://x.a.org/", List.of(), tokens))
        .containsExactly(
            Map.entry("X-Key", "3"), Map.entry("Cookie", "5"), Map.entry("Cookie", "6"));
    assertThat(headers("http://b/", "https://y.a.org/", List.of(), tokens))
        .containsExactly(Map.entry("cookie", "2"), Map.entry("X-Key", "3"));
  }

  @Test
  void aHeaderForAHostReplacesOneWithoutAHost() {
    List<ScopedHeader> own = List.of(scoped("h", "x-token", "own"));
    assertThat(headers("https://u:p@h/", "https://h/", CUSTOM, own, "https://h/"))
        .containsExactly(CUSTOM.get(1), Map.entry("x-token", "own"), basic("u:p"));
    List<ScopedHeader> bearer = List.of(scoped("h", "authorization", "Bearer x"));
    assertThat(headers("https://u:p@h/", "https://h/", List.of(), bearer, "https://h/"))
        .containsExactly(Map.entry("authorization", "Bearer x"));
  }

  @Test
  void theProbeGetsItsUserInformationAndTheHeadersOfItsHost() {
    HttpSettings http =
        new HttpSettings(CUSTOM, Optional.empty(), false)
            .withScoped(List.of(scoped("p", "X-Key", "k")))
            .forList(
                new ListedOrigins(List.of(Origin.of(URI.create("https://p/"))), false, Set.of()));
    assertThat(Credentials.headersForProbe(URI.create("https://u:p@p/"), http))
        .containsExactly(Map.entry("X-Key", "k"), basic("u:p"));
    assertThat(Credentials.headersForProbe(URI.create("http://p/"), http)).isEmpty();
    assertThat(Credentials.headersForProbe(URI.create("https://q/"), http)).isEmpty();
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
    FetchRequest get =
        new FetchRequest(
            URI.create("http://h/?token=s3cret"),
            Optional.of(new ByteRange(0, 1)),
            Optional.empty(),
            List.of(Map.entry("X", "s3cret")));
    assertThat(get).hasToString("GET bytes=0-0");
  }
}
