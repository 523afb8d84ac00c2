package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.control.Permits.Lease;
import dev.bulkdl.model.Limits;
import dev.bulkdl.model.Origin;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PermitsTest {

  private static final Origin HERE = new Origin("http", "here", 80);
  private static final Origin THERE = new Origin("http", "there", 80);

  private final Cancellation cancellation = new Cancellation();

  private static Permits permits(int files, int connections, int perHost) {
    return new Permits(new Limits(files, connections, perHost, 4, 1));
  }

  @Test
  void bindsConnectionsToOneOrigin() {
    Permits permits = permits(9, 9, 1);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(HERE)).isEmpty();
    assertThat(permits.tryAcquire(THERE)).isPresent();
  }

  @Test
  void bindsConnectionsInAll() {
    Permits permits = permits(9, 2, 9);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(THERE)).isPresent();
    assertThat(permits.tryAcquire(HERE)).isEmpty();
  }

  @Test
  void allowsWhatBindsForTheOriginsInUse() {
    Permits permits = permits(9, 5, 2);
    assertThat(permits.allowed()).isEqualTo(2);
    permits.acquire(HERE, cancellation);
    assertThat(permits.allowed()).isEqualTo(2);
    permits.acquire(THERE, cancellation);
    assertThat(permits.allowed()).isEqualTo(4);
    permits.acquire(new Origin("http", "elsewhere", 80), cancellation);
    assertThat(permits.allowed()).isEqualTo(5);
  }

  @Test
  void aRefusedConnectionTakesNothingFromItsOrigin() {
    Permits permits = permits(9, 1, 1);
    Lease lease = permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(THERE)).isEmpty();
    lease.close();
    assertThat(permits.tryAcquire(THERE)).isPresent();
  }

  @Test
  void aFurtherConnectionOfAFileIsNoFile() throws InterruptedException {
    Permits permits = permits(1, 9, 9);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(HERE)).isPresent();
    Threads second = Threads.start(() -> permits.acquire(HERE, cancellation));
    second.awaitBlocked();
    cancellation.cancel();
    assertThat(second.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void whatIsGivenBackGoesToWhoeverWaits() throws InterruptedException {
    Permits permits = permits(1, 1, 1);
    Lease lease = permits.acquire(HERE, cancellation);
    Threads waiter = Threads.start(() -> permits.acquire(HERE, cancellation).close());
    waiter.awaitBlocked();
    lease.close();
    assertThat(waiter.join()).isNull();
    assertThat(permits.tryAcquire(HERE)).isPresent();
  }

  @Test
  void noFurtherConnectionIsTakenFromAFileThatWaitsForItsFirst() throws InterruptedException {
    Permits permits = permits(9, 1, 9);
    Lease lease = permits.acquire(HERE, cancellation);
    Threads waiter = Threads.start(() -> permits.acquire(THERE, cancellation));
    waiter.awaitBlocked();
    assertThat(permits.tryAcquire(HERE)).isEmpty();
    lease.close();
    assertThat(waiter.join()).isNull();
  }

  @Test
  void aWaitForAFileThatIsCancelledGivesTheOriginBack() throws InterruptedException {
    Permits permits = permits(1, 9, 1);
    permits.acquire(HERE, new Cancellation());
    Threads waiter = Threads.start(() -> permits.acquire(THERE, cancellation));
    waiter.awaitBlocked();
    assertThat(permits.tryAcquire(THERE)).isEmpty();
    cancellation.cancel();
    assertThat(waiter.join()).isInstanceOf(CancellationException.class);
    assertThat(permits.tryAcquire(THERE)).isPresent();
  }

  @Test
  void aWaitForAConnectionThatIsCancelledGivesEverythingBack() throws InterruptedException {
    Permits permits = permits(2, 1, 1);
    Lease lease = permits.acquire(HERE, new Cancellation());
    Threads waiter = Threads.start(() -> permits.acquire(THERE, cancellation));
    waiter.awaitBlocked();
    cancellation.cancel();
    assertThat(waiter.join()).isInstanceOf(CancellationException.class);
    lease.close();
    Lease first = permits.acquire(THERE, new Cancellation());
    first.close();
    assertThat(permits.tryAcquire(THERE)).isPresent();
  }

  @Test
  void whatIsGivenBackTwiceCountsOnce() {
    Permits permits = permits(2, 2, 2);
    permits.acquire(HERE, cancellation);
    Lease first = permits.acquire(HERE, cancellation);
    first.close();
    Lease further = permits.tryAcquire(HERE).orElseThrow();
    first.close();
    assertThat(permits.tryAcquire(HERE)).isEmpty();
    further.close();
    further.close();
    assertThat(permits.tryAcquire(HERE)).isPresent();
    assertThat(permits.tryAcquire(HERE)).isEmpty();
  }

  @Test
  void aCancelledFileTakesNothing() throws InterruptedException {
    Permits permits = permits(1, 1, 1);
    cancellation.cancel();
    assertThat(Threads.start(() -> permits.acquire(HERE, cancellation)).join())
        .isInstanceOf(CancellationException.class);
    permits.acquire(HERE, new Cancellation()).close();
    assertThat(permits.tryAcquire(HERE)).isPresent();
  }

  @Test
  void forgetsAnOriginThatNobodyUses() {
    Permits permits = permits(9, 1, 9);
    Lease lease = permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(THERE)).isEmpty();
    assertThat(permits.origins()).isEqualTo(1);
    lease.close();
    lease.close();
    assertThat(permits.origins()).isZero();
  }

  @Test
  void forgetsTheOriginOfAWaitThatWasCutShort() {
    Permits permits = permits(9, 9, 9);
    cancellation.cancel();
    assertThatThrownBy(() -> permits.acquire(HERE, cancellation))
        .isInstanceOf(CancellationException.class);
    assertThat(permits.origins()).isZero();
  }
}
