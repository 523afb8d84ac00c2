package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.TransferEvent;
import dev.bulkdl.model.RequestRate;
import dev.bulkdl.settings.Limits;
import dev.bulkdl.settings.RateLimits;
import dev.bulkdl.testkit.Fault;
import dev.bulkdl.testkit.MeteredServer;
import dev.bulkdl.testkit.SeenRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The starts of requests as a server sees them. A busy machine can only make them fewer. */
class RequestRateRunTest extends EngineFixture {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private void limit(String requests) {
    settings =
        settings
            .with(Limits.DEFAULTS)
            .with(RateLimits.NONE.withRequests(RequestRate.parse(requests)));
  }

  @Test
  void requestsToAHostAreSpaced() {
    try (MeteredServer metered = new MeteredServer()) {
      limit("10");
      run(metered.files(21, 100));
      assertThat(report().exitCode()).isZero();
      List<Long> starts = metered.requests();
      assertThat(starts).hasSize(21);
      assertThat(starts.getLast() - starts.getFirst()).isGreaterThan((long) (0.95 * 2 * SECOND));
    }
  }

  /** Each range of a split file is a request. */
  @Test
  void rangesCount() {
    try (MeteredServer metered = new MeteredServer()) {
      limit("4");
      settings = settings.with(settings.limits().withSegments(8, 64 * KIB));
      run(metered.files(2, 16 << 20));
      assertThat(report().exitCode()).isZero();
      List<Long> starts = metered.requests();
      assertThat(starts.getLast() - starts.getFirst())
          .isGreaterThanOrEqualTo((long) (0.9 * (starts.size() - 1) * SECOND / 4));
    }
  }

  @Test
  void retriesCount() {
    limit("4");
    server.with("/a", new Fault.Status(500), new Fault.Status(500), new Fault.Status(500));
    long start = System.nanoTime();
    download(a());
    assertThat(report().exitCode()).isZero();
    assertThat(System.nanoTime() - start).isGreaterThan((long) (0.9 * 3 * SECOND / 4));
    assertThat(server.requests()).map(SeenRequest::path).contains("/a").hasSize(4);
  }

  /** The server allows one more request and states it in good responses. */
  @Test
  void theServersOwnLimitPausesItsHost() {
    try (MeteredServer metered =
        new MeteredServer("X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 1\r\n")) {
      settings = settings.with(Limits.DEFAULTS.withMaxPerHost(1));
      run(metered.files(3, 100));
      assertThat(report().exitCode()).isZero();
      List<Long> starts = metered.requests();
      assertThat(starts).hasSize(3);
      assertThat(starts.getLast() - starts.getFirst()).isGreaterThan((long) (0.95 * 2 * SECOND));
      assertThat(watch.seen(TransferEvent.OriginPaused.class)).isNotEmpty();
      assertThat(watch.seen(TransferEvent.Retrying.class)).isEmpty();
    }
  }
}
