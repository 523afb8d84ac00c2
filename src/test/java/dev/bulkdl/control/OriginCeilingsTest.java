package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Failure;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.HostRule;
import dev.bulkdl.settings.HostRules;
import dev.bulkdl.settings.Limits;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How many connections the rules for hosts leave. */
class OriginCeilingsTest {

  private final Cancellation cancellation = new Cancellation();

  private static Origin origin(String host) {
    return new Origin("https", host, 443);
  }

  private static Limits with(Limits limits, String host, int connections) {
    HostRule rule = HostRule.of(host).with("connections", Integer.toString(connections), "test");
    return limits.with(HostRules.SHIPPED.with(List.of(rule)));
  }

  /** Takes connections one after another, and returns how many there are. */
  private long granted(Permits permits, String... hosts) {
    return Stream.of(hosts)
        .map(host -> permits.tryAcquire(origin(host), cancellation))
        .filter(Optional::isPresent)
        .count();
  }

  private long most(Permits permits, String host) {
    return IntStream.range(0, 200)
        .mapToObj(i -> permits.tryAcquire(origin(host), cancellation))
        .filter(Optional::isPresent)
        .count();
  }

  /** An operator counts all its hosts together. */
  @Test
  void theHostsOfOneOperatorShareItsNumber() {
    Permits permits = new Permits(Limits.DEFAULTS);
    assertThat(granted(permits, "zenodo.org", "a.zenodo.org", "b.zenodo.org")).isEqualTo(2);
    assertThat(granted(permits, "other.example")).isOne();
  }

  @Test
  void aLimitThatIsHeldIsTheUsersOwn() {
    assertThat(most(new Permits(Limits.FIXED), "zenodo.org")).isEqualTo(16);
  }

  @Test
  void aRuleOfTheUserHoldsInBothModes() {
    assertThat(most(new Permits(with(Limits.FIXED, "a.example", 3)), "a.example")).isEqualTo(3);
    assertThat(most(new Permits(with(Limits.FIXED, "a.example", 3)), "b.example")).isEqualTo(16);
    assertThat(most(new Permits(with(Limits.DEFAULTS, "a.example", 3)), "a.example")).isEqualTo(3);
    assertThat(
            new Permits(with(Limits.DEFAULTS, "zenodo.org", 1))
                .allowances()
                .allowed(origin("zenodo.org")))
        .isOne();
  }

  /** It goes before the number for each host, up or down. The number for all hosts holds. */
  @Test
  void aRuleOfTheUserAllowsMoreThanTheNumberForEachHost() {
    assertThat(most(new Permits(with(Limits.FIXED, "a.example", 20)), "a.example")).isEqualTo(20);
    assertThat(most(new Permits(with(Limits.FIXED, "a.example", 100)), "a.example")).isEqualTo(64);
    assertThat(new Permits(with(Limits.FIXED, "a.example", 20)).allowances().largest())
        .isEqualTo(20);
  }

  /** A user who turns the number down while the run lasts means each host. */
  @Test
  void aNumberThatIsSetLaterHoldsForHostsWithARuleToo() {
    Permits permits = new Permits(with(Limits.FIXED, "a.example", 20));
    permits.change(-6);
    assertThat(most(permits, "a.example")).isEqualTo(10);
  }

  /** All ports and schemes of a host are one operator's. */
  @Test
  void thePortsOfAHostWithARuleShareItsNumber() {
    Permits permits = new Permits(with(Limits.FIXED, "a.example", 2));
    assertThat(permits.tryAcquire(new Origin("http", "a.example", 80), cancellation)).isPresent();
    assertThat(permits.tryAcquire(new Origin("http", "A.example.", 81), cancellation)).isPresent();
    assertThat(permits.tryAcquire(new Origin("https", "a.example", 443), cancellation)).isEmpty();
  }

  @Test
  void someAnswer403InPlaceOf429() {
    Permits permits = new Permits(Limits.DEFAULTS);
    Failure forbidden = new Failure.Http(403, "403 Forbidden", Optional.empty());
    Failure missing = new Failure.Http(404, "404 Not Found", Optional.empty());
    assertThat(permits.allowances().isRefusedBy403(origin("data.commoncrawl.org"))).isTrue();
    assertThat(permits.allowances().isRefusedBy403(origin("archive.org"))).isFalse();
    assertThat(permits.allowances().isRefusal(forbidden, origin("data.commoncrawl.org"))).isTrue();
    assertThat(permits.allowances().isRefusal(missing, origin("data.commoncrawl.org"))).isFalse();
    assertThat(permits.allowances().isRefusal(forbidden, origin("archive.org"))).isFalse();
  }
}
