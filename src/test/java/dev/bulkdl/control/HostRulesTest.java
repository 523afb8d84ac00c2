package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRulesTest {

  private static Origin origin(String host) {
    return new Origin("https", host, 443);
  }

  @ParameterizedTest
  @CsvSource({
    "archive.org, 5",
    "ia801503.us.archive.org, 5",
    "notarchive.org, 2147483647",
    "archive.org.example, 2147483647",
    "zenodo.org, 2",
    "upload.wikimedia.org, 4",
    "data.commoncrawl.org, 10",
    "commoncrawl.org, 2147483647",
    "download.dataspace.copernicus.eu, 4",
    "localhost, 2147483647"
  })
  void holdsForAHostAndAllBelowIt(String host, int connections) {
    assertThat(HostRules.KNOWN.connections(HostRules.KNOWN.key(origin(host))))
        .isEqualTo(connections);
  }

  @Test
  void eachRuleNamesItsSource() {
    assertThat(HostRules.KNOWN.rules()).allMatch(rule -> !rule.source().isBlank());
  }

  /** An operator counts all its hosts together. */
  @Test
  void theHostsOfOneOperatorShareItsNumber() {
    Permits permits = new Permits(Limits.DEFAULTS);
    Cancellation cancellation = new Cancellation();
    List<Optional<Lease>> leases = new ArrayList<>();
    leases.add(Optional.of(permits.acquire(origin("zenodo.org"), cancellation)));
    leases.add(permits.tryAcquire(origin("a.zenodo.org"), cancellation));
    leases.add(permits.tryAcquire(origin("b.zenodo.org"), cancellation));
    leases.add(permits.tryAcquire(origin("other.example"), cancellation));
    assertThat(leases.stream().map(Optional::isPresent)).containsExactly(true, true, false, true);
  }

  @Test
  void aLimitThatIsHeldIsTheUsersOwn() {
    Permits permits = new Permits(Limits.FIXED);
    Cancellation cancellation = new Cancellation();
    for (int i = 0; i < 16; i++) {
      assertThat(permits.tryAcquire(origin("zenodo.org"), cancellation)).isPresent();
    }
  }

  @Test
  void someAnswer403InPlaceOf429() {
    Permits permits = new Permits(Limits.DEFAULTS);
    assertThat(permits.isRefusedBy403(origin("data.commoncrawl.org"))).isTrue();
    assertThat(permits.isRefusedBy403(origin("archive.org"))).isFalse();
  }
}
