package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Limits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedConnectionsTest {

  private static final Origin ORIGIN = Origin.of(URI.create("https://h/"));
  private static final int EACH = SharedConnections.WANTED_REQUESTS;

  private static Permits permits(int files, int connections, int perHost) {
    return new Permits(
        Limits.DEFAULTS
            .withMaxFiles(files)
            .withMaxConnections(connections)
            .withMaxPerHost(perHost));
  }

  private static List<Lease> share(Permits permits, int count) {
    return new ArrayList<>(
        IntStream.range(0, count)
            .mapToObj(i -> permits.acquireShared(ORIGIN, new Cancellation()))
            .toList());
  }

  @Test
  void aConnectionHasOnePermitForAllItsRequests() {
    Permits permits = permits(1_000, 64, 16);
    List<Lease> requests = share(permits, EACH);
    assertThat(permits.sharedConnections(ORIGIN)).isEqualTo(1);
    assertThat(permits.taken()).isEqualTo(1);
    requests.addAll(share(permits, 1));
    assertThat(permits.sharedConnections(ORIGIN)).isEqualTo(2);
    assertThat(permits.taken()).isEqualTo(2);
    requests.forEach(Lease::close);
    assertThat(permits.sharedConnections(ORIGIN)).isZero();
    assertThat(permits.taken()).isZero();
    assertThat(permits.origins()).isZero();
  }

  @Test
  void theLastPossibleConnectionIsSharedByMore() {
    Permits permits = permits(1_000, 64, 2);
    List<Lease> requests = share(permits, 2 * SharedConnections.MOST_REQUESTS);
    assertThat(permits.sharedConnections(ORIGIN)).isEqualTo(2);
    assertThat(permits.taken()).isEqualTo(2);
    requests.forEach(Lease::close);
    assertThat(permits.taken()).isZero();
  }

  @Test
  void theLimitsHoldWhileSharedAndOtherConnectionsAreWanted() throws InterruptedException {
    Permits permits = permits(3, 2, 1);
    Origin other = Origin.of(URI.create("https://other/"));
    List<Thread> threads =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              Origin origin = i % 3 == 0 ? other : ORIGIN;
                              Cancellation cancellation = new Cancellation();
                              Lease lease =
                                  i % 2 == 0
                                      ? permits.acquire(origin, cancellation)
                                      : permits.acquireShared(origin, cancellation);
                              assertThat(permits.taken()).isLessThanOrEqualTo(2);
                              Thread.yield();
                              lease.close();
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(permits.taken()).isZero();
    assertThat(permits.origins()).isZero();
    assertThat(share(permits, 3)).hasSize(3);
  }

  @Test
  void aWaitingRequestCanBeCancelled() throws InterruptedException {
    Permits permits = permits(10, 1, 1);
    Lease busy = permits.acquire(ORIGIN, new Cancellation());
    Cancellation cancellation = new Cancellation();
    List<Thread> waiting =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                permits.acquireShared(ORIGIN, cancellation);
                              } catch (java.util.concurrent.CancellationException e) {
                                // expected
                              }
                            }))
            .toList();
    cancellation.cancel();
    for (Thread thread : waiting) {
      thread.join();
    }
    busy.close();
    assertThat(permits.origins()).isZero();
    assertThat(share(permits, 2)).hasSize(2);
  }
}
