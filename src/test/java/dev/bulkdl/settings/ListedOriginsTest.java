package dev.bulkdl.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.HostScope;
import dev.bulkdl.model.Origin;
import dev.bulkdl.model.ScopedHeader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of a list's origins, and whether a credential may be sent without a host. */
class ListedOriginsTest {

  private static final ScopedHeader BELOW_A =
      new ScopedHeader(HostScope.parse("*.a.org"), "X-Key", "s3cret");

  private static ListedOrigins of(String... urls) {
    ListedOrigins.Collector collector = new ListedOrigins.Collector(List.of(BELOW_A));
    for (String url : urls) {
      collector.add(Origin.of(URI.create(url)));
    }
    return collector.result();
  }

  private static Optional<String> refusal(String header, Optional<URI> probe, String... urls) {
    HttpSettings http =
        new HttpSettings(
            List.of(Map.entry("Accept", "x"), Map.entry(header, "s3cret")),
            Optional.empty(),
            false);
    Duration second = Duration.ofSeconds(1);
    return Settings.in(Path.of("out"))
        .with(http)
        .with(new RetrySettings(1, second, second, probe))
        .forList(of(urls))
        .refusal();
  }

  @Test
  void staysSmallHoweverManyOriginsThereAre() {
    String[] urls =
        IntStream.range(0, 30_000).mapToObj(i -> "http://h" + i + ".a.org/").toArray(String[]::new);
    ListedOrigins many = of(urls);
    assertThat(many.first()).hasSize(ListedOrigins.SHOWN);
    assertThat(many.more()).isTrue();
    assertThat(many.plainHosts()).hasSize(10_000);
  }

  @Test
  void keepsTheHostsOfHttpForWhichAHeaderIsGiven() {
    assertThat(of("http://X.a.org:81/", "https://y.a.org/", "http://a.org/", "http://b/"))
        .isEqualTo(
            new ListedOrigins(
                List.of(
                    new Origin("http", "x.a.org", 81),
                    new Origin("https", "y.a.org", 443),
                    new Origin("http", "a.org", 80),
                    new Origin("http", "b", 80)),
                false,
                Set.of("x.a.org")));
  }

  @Test
  void oneOriginMayHaveACredentialThatIsGivenForNoHost() {
    assertThat(refusal("Authorization", Optional.empty(), "http://a/x", "http://A:80/y")).isEmpty();
  }

  @Test
  void severalMayHaveWhatIsNone() {
    assertThat(refusal("X-Trace", Optional.empty(), "http://a/", "http://b/")).isEmpty();
  }

  @Test
  void severalAreNamedInTheRefusal() {
    assertThat(refusal("X-Auth", Optional.empty(), "http://a/", "https://a/"))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("X-Auth", "http://a:80", "https://a:443", "--header-for")
                    .doesNotContain("s3cret", "others"));
  }

  @Test
  void ofVeryManySomeAreNamed() {
    String[] urls =
        IntStream.range(0, 99).mapToObj(i -> "http://h" + i + "/").toArray(String[]::new);
    assertThat(refusal("Cookie", Optional.empty(), urls))
        .hasValueSatisfying(text -> assertThat(text).contains("http://h9:80 and others"));
  }

  @Test
  void theProbeIsOneOfThem() {
    assertThat(refusal("Cookie", Optional.of(URI.create("http://a/probe")), "http://a/")).isEmpty();
    assertThat(refusal("Cookie", Optional.of(URI.create("http://p/")), "http://a/"))
        .hasValueSatisfying(text -> assertThat(text).contains("http://a:80, http://p:80"));
  }

  @Test
  void withoutAListNoCredentialIsSentForNoHost() {
    HttpSettings http =
        new HttpSettings(List.of(Map.entry("Cookie", "s3cret")), Optional.empty(), false);
    assertThat(Settings.in(Path.of("out")).with(http).refusal()).isPresent();
    assertThat(Settings.in(Path.of("out")).refusal()).isEmpty();
  }
}
