package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Permits;
import dev.bulkdl.event.RunProgress.HostSnapshot;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Limits;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostsTest {

  private static final Permits PERMITS = new Permits(Limits.FIXED);

  private static final Hold PAUSE =
      new Hold(Hold.Reason.SERVER, "503", Instant.EPOCH, Optional.empty());

  private final Hosts hosts = new Hosts();

  private static Origin origin(int number) {
    return new Origin("http", "host-" + number, 80);
  }

  private void use(int number, long bytes) {
    HostProgress host = hosts.opened(origin(number), false);
    host.add(bytes);
    hosts.closed(host, false);
  }

  @Test
  void keepsTheCountersOfAnOriginThatIsUsedAgain() {
    use(1, 5);
    assertThat(hosts.snapshot(PERMITS, Map.of())).isEmpty();
    hosts.opened(origin(1), false).add(2);
    hosts.opened(origin(1), false).countError();
    assertThat(hosts.snapshot(PERMITS, Map.of()))
        .containsExactly(new HostSnapshot(origin(1), 2, 16, "fixed", 7, 1, Optional.empty()));
  }

  @Test
  void showsPausedOriginsToo() {
    use(1, 5);
    hosts.opened(origin(2), false);
    assertThat(hosts.snapshot(PERMITS, Map.of(origin(1), PAUSE, origin(3), PAUSE)))
        .containsExactly(
            new HostSnapshot(origin(1), 0, 16, "fixed", 5, 0, Optional.of(PAUSE)),
            new HostSnapshot(origin(2), 1, 16, "fixed", 0, 0, Optional.empty()),
            new HostSnapshot(origin(3), 0, 16, "fixed", 0, 0, Optional.of(PAUSE)));
  }

  @Test
  void forgetsOriginsAboveItsLimit() {
    for (int number = 0; number <= Hosts.REMEMBERED; number++) {
      use(number, 5);
    }
    assertThat(hosts.opened(origin(0), false).received()).isEqualTo(5);
    assertThat(hosts.opened(origin(Hosts.REMEMBERED), false).received()).isZero();
  }
}
