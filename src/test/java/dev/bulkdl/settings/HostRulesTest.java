package dev.bulkdl.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.settings.HostRules.Shared;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a host follows, and what a rule can say. */
class HostRulesTest {

  private static HostRule rule(String key, String value, String... hosts) {
    return HostRule.of(hosts).with(key, value, "file:" + String.join("+", hosts));
  }

  private static Optional<Integer> connections(HostRules rules, String host) {
    return rules.connections(host).map(Shared::value);
  }

  @ParameterizedTest
  @CsvSource({
    "archive.org, 5",
    "ia801503.us.archive.org, 5",
    "Archive.ORG., 5",
    "notarchive.org,",
    "archive.org.example,",
    "zenodo.org, 2",
    "upload.wikimedia.org, 4",
    "data.commoncrawl.org, 10",
    "commoncrawl.org,",
    "download.dataspace.copernicus.eu, 4",
    "localhost,"
  })
  void shippedRulesHoldForAHostAndAllBelowIt(String host, Integer connections) {
    assertThat(connections(HostRules.SHIPPED, host)).isEqualTo(Optional.ofNullable(connections));
  }

  @Test
  void eachShippedValueNamesItsSource() {
    for (HostRule rule : HostRules.SHIPPED.shipped()) {
      assertThat(rule.connections().orElseThrow().source()).isNotBlank();
      assertThat(rule.forbiddenIsRefusal().stream()).allMatch(value -> !value.source().isBlank());
    }
  }

  /** A wildcard does not hold for the domain itself, as it does not for a header. */
  @Test
  void theNarrowestRuleOfTheUserCounts() {
    HostRules rules =
        HostRules.SHIPPED.with(
            List.of(
                rule("connections", "1", "*.org"),
                rule("connections", "2", "*.archive.org"),
                rule("connections", "3", "a.archive.org")));
    assertThat(connections(rules, "a.archive.org")).contains(3);
    assertThat(connections(rules, "b.archive.org")).contains(2);
    assertThat(connections(rules, "archive.org")).contains(1);
    assertThat(connections(rules, "zenodo.org")).contains(1);
    assertThat(connections(rules, "dataspace.copernicus.eu")).contains(4);
    assertThat(connections(rules, "org")).isEmpty();
  }

  /** One value of the user's leaves the others of the shipped rule in force. */
  @Test
  void eachValueIsLookedUpByItself() {
    HostRules rules =
        HostRules.SHIPPED.with(List.of(rule("rate", "5M", "*.commoncrawl.org", "x.example")));
    assertThat(connections(rules, "data.commoncrawl.org")).contains(10);
    assertThat(rules.isForbiddenRefusal("data.commoncrawl.org")).isTrue();
    assertThat(rules.rate("data.commoncrawl.org").orElseThrow().value()).hasToString("5M");
    assertThat(rules.rate("x.example").orElseThrow().group())
        .isEqualTo(rules.rate("data.commoncrawl.org").orElseThrow().group());
    assertThat(rules.requests("x.example")).isEmpty();
    assertThat(rules.isForbiddenRefusal("x.example")).isFalse();
    HostRules overruled =
        rules.with(List.of(rule("forbidden-is-refusal", "false", "data.commoncrawl.org")));
    assertThat(overruled.isForbiddenRefusal("data.commoncrawl.org")).isFalse();
  }

  @Test
  void aShippedValueIsReplacedIfAllItsHostsHaveAnother() {
    HostRule shipped = HostRules.SHIPPED.shipped().getFirst();
    HostRule part = rule("connections", "9", "*.archive.org");
    HostRule all = rule("connections", "9", "archive.org", "*.archive.org");
    assertThat(HostRules.SHIPPED.with(List.of(part)).replacing(shipped, "connections")).isEmpty();
    assertThat(HostRules.SHIPPED.with(List.of(all)).replacing(shipped, "connections"))
        .contains("file:archive.org+*.archive.org");
    assertThat(HostRules.SHIPPED.with(List.of(all)).replacing(shipped, "rate")).isEmpty();
  }

  @Test
  void timesAreThoseOfTheZone() {
    HostRules rules =
        new HostRules(List.of(rule("rate", "08:00,1M 19:00,off", "a.example")), List.of());
    ZoneId zone = ZoneId.of("Asia/Tokyo");
    assertThat(rules.in(zone).rate("a.example").orElseThrow().value().zone()).isEqualTo(zone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connections | 0 | connections = '0' is no number from 1 on; write for example connections = 5",
        "connections | many | connections = 'many' is no number",
        "connections | 99999999999 | is no number",
        "requests | fast | requests = 'fast' is no rate of requests; write for example 5, 24/m or 5/15s",
        "rate | much | rate = 'much' is no rate",
        "forbidden-is-refusal | yes | is neither true nor false; write for example forbidden-is-refusal = true"
      })
  void aWrongValueIsRefusedWithARightOne(String key, String value, String message) {
    assertThatThrownBy(() -> HostRule.of("a.example").with(key, value, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "a b, \"a b\" is no host; write for example \"example.org\" or \"*.example.org\"",
    "http://x.example/, is no host",
    "*, is no host",
    "a.example:8080, has a port",
    "'', is no host"
  })
  void aWrongHostIsRefused(String host, String message) {
    assertThatThrownBy(() -> HostRule.of(host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
