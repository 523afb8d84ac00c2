package dev.bulkdl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.ContentFetcher;
import dev.bulkdl.model.Proof;
import dev.bulkdl.testkit.Polling;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a closed fetcher leaves. Alone, because other classes have engines of their own. */
@Isolated
class ContentThreadsTest extends ContentFixture {

  @Test
  void aFetcherWithItsOwnEngineLeavesNoThread() throws IOException {
    try (ContentFetcher fetcher = builder().open()) {
      Target.STREAM.fetch(fetcher, a()).assertHolds(PAYLOAD, Proof.ETAG);
      assertThat(httpThreads()).isPositive();
    }
    Polling.await("threads", ContentThreadsTest::httpThreads, count -> count == 0);
    server.traffic().awaitNoConnections();
  }

  private static long httpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("http"))
        .filter(thread -> !thread.getName().contains("server"))
        .count();
  }
}
