package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkdl.model.Origin;
import dev.bulkdl.settings.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
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
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    assertThat(permits.tryAcquire(THERE, cancellation)).isPresent();
  }

  @Test
  void bindsConnectionsInAll() {
    Permits permits = permits(9, 2, 9);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(THERE, cancellation)).isPresent();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
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

  private static Permits.Waiters waiting(int rows) {
    return new Permits.Waiters() {
      @Override
      public int waiting(Origin origin) {
        return rows;
      }

      @Override
      public void look() {}
    };
  }

  /** Four are allowed at first and three more soon, and this is what there is work for. */
  @Test
  void wantsConnectionsForRowsThatWait() {
    Permits permits = new Permits(Limits.DEFAULTS);
    permits.acquire(HERE, cancellation);
    permits.serve(waiting(100));
    assertThat(permits.wanted(HERE)).isEqualTo(7);
    permits.serve(waiting(2));
    assertThat(permits.wanted(HERE)).isEqualTo(3);
    permits.serve(waiting(0));
    assertThat(permits.wanted(HERE)).isEqualTo(1);
  }

  @Test
  void wantsConnectionsForAFileThatWouldHaveUsedMore() {
    Permits permits = new Permits(Limits.DEFAULTS);
    permits.acquire(HERE, cancellation);
    for (int further = 0; further < 3; further++) {
      assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
    }
    assertThat(permits.wanted(HERE)).isEqualTo(4);
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    assertThat(permits.wanted(HERE)).isEqualTo(7);
  }

  @Test
  void wantsNoMoreConnectionsThanAreFreeInAll() {
    Permits permits = new Permits(Limits.DEFAULTS);
    permits.acquire(HERE, cancellation);
    permits.limitInAll(3);
    permits.serve(waiting(100));
    assertThat(permits.wanted(HERE)).isEqualTo(3);
  }

  @Test
  void wantsNoneAheadWhereTheNumbersAreFixed() {
    Permits permits = permits(9, 9, 9);
    permits.serve(waiting(100));
    assertThat(permits.wanted(HERE)).isZero();
  }

  @Test
  void aRefusedConnectionTakesNothingFromItsOrigin() {
    Permits permits = permits(9, 1, 1);
    Lease lease = permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(THERE, cancellation)).isEmpty();
    lease.close();
    assertThat(permits.tryAcquire(THERE, cancellation)).isPresent();
  }

  @Test
  void aFurtherConnectionOfAFileIsNoFile() throws InterruptedException {
    Permits permits = permits(1, 9, 9);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
    Threads second = Threads.start(() -> permits.acquire(HERE, cancellation));
    second.awaitBlocked();
    cancellation.cancel();
    assertThat(second.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void aReturnedPermitGoesToAWaitingThread() throws InterruptedException {
    Permits permits = permits(1, 1, 1);
    Lease lease = permits.acquire(HERE, cancellation);
    Threads waiter = Threads.start(() -> permits.acquire(HERE, cancellation).close());
    waiter.awaitBlocked();
    lease.close();
    assertThat(waiter.join()).isNull();
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
  }

  @Test
  void noFurtherConnectionIsTakenFromAFileThatWaitsForItsFirst() throws InterruptedException {
    Permits permits = permits(9, 1, 9);
    Lease lease = permits.acquire(HERE, cancellation);
    Threads waiter = Threads.start(() -> permits.acquire(THERE, cancellation));
    waiter.awaitBlocked();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    lease.close();
    assertThat(waiter.join()).isNull();
  }

  @Test
  void aWaitForAFileThatIsCancelledGivesTheOriginBack() throws InterruptedException {
    Permits permits = permits(1, 9, 1);
    permits.acquire(HERE, new Cancellation());
    Threads waiter = Threads.start(() -> permits.acquire(THERE, cancellation));
    waiter.awaitBlocked();
    assertThat(permits.tryAcquire(THERE, cancellation)).isEmpty();
    cancellation.cancel();
    assertThat(waiter.join()).isInstanceOf(CancellationException.class);
    assertThat(permits.tryAcquire(THERE, cancellation)).isPresent();
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
    assertThat(permits.tryAcquire(THERE, cancellation)).isPresent();
  }

  @Test
  void whatIsGivenBackTwiceCountsOnce() {
    Permits permits = permits(2, 2, 2);
    permits.acquire(HERE, cancellation);
    Lease first = permits.acquire(HERE, cancellation);
    first.close();
    Lease further = permits.tryAcquire(HERE, cancellation).orElseThrow();
    first.close();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    further.close();
    further.close();
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  @Test
  void aCancelledFileTakesNothing() throws InterruptedException {
    Permits permits = permits(1, 1, 1);
    cancellation.cancel();
    assertThat(Threads.start(() -> permits.acquire(HERE, cancellation)).join())
        .isInstanceOf(CancellationException.class);
    permits.acquire(HERE, new Cancellation()).close();
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
  }

  @Test
  void forgetsAnOriginThatNobodyUses() {
    Permits permits = permits(9, 1, 9);
    Lease lease = permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(THERE, cancellation)).isEmpty();
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

  @Test
  void aWaiterGetsWhatIsAllowedMore() throws InterruptedException {
    Permits permits = permits(9, 9, 1);
    permits.acquire(HERE, cancellation);
    Threads waiter = Threads.start(() -> permits.acquire(HERE, cancellation));
    waiter.awaitBlocked();
    permits.change(1);
    assertThat(waiter.join()).isNull();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    assertThat(permits.allowed()).isEqualTo(2);
  }

  @Test
  void anOriginThatComesLaterHasTheChangedLimit() {
    Permits permits = permits(9, 9, 1);
    permits.change(1);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  @Test
  void furtherConnectionsAreWantedBackFirstThenTheNewest() {
    Permits permits = permits(9, 4, 9);
    Lease oldest = permits.acquire(HERE, cancellation);
    Lease further = permits.tryAcquire(HERE, cancellation).orElseThrow();
    Lease newer = permits.acquire(THERE, cancellation);
    Lease newest = permits.acquire(HERE, cancellation);
    permits.change(-1);
    assertThat(List.of(oldest, further, newer, newest))
        .filteredOn(Lease::isRevoked)
        .containsExactly(further);
    assertThat(further.cancellation().isCancelled()).isTrue();
    permits.change(-1);
    assertThat(List.of(oldest, newer, newest)).filteredOn(Lease::isRevoked).containsExactly(newest);
    assertThat(cancellation.isCancelled()).isFalse();
  }

  @Test
  void eachOriginGivesBackWhatItHasTooMuch() {
    Permits permits = permits(9, 9, 2);
    List<Lease> all =
        List.of(
            permits.acquire(HERE, cancellation),
            permits.acquire(THERE, cancellation),
            permits.acquire(HERE, cancellation));
    permits.change(-2);
    assertThat(all).extracting(Lease::isRevoked).containsExactly(false, false, true);
  }

  @Test
  void whatIsKeptIsNotWantedBack() {
    Permits permits = permits(9, 9, 3);
    Lease other = permits.acquire(HERE, cancellation);
    permits.acquire(HERE, cancellation).keep();
    permits.acquire(HERE, cancellation).keep();
    permits.change(-2);
    assertThat(other.isRevoked()).isTrue();
    assertThatThrownBy(other::keep).isInstanceOf(CancellationException.class);
    other.close();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  @Test
  void nothingIsWantedBackTwice() {
    Permits permits = permits(9, 9, 3);
    List<Lease> all =
        List.of(
            permits.acquire(HERE, cancellation),
            permits.acquire(HERE, cancellation),
            permits.acquire(HERE, cancellation));
    permits.change(-1);
    permits.change(1);
    permits.change(-1);
    assertThat(all).filteredOn(Lease::isRevoked).hasSize(1);
    all.forEach(Lease::close);
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  /**
   * Both threads hold a permit of their origin. The limit falls by one before they get the other
   * permits.
   */
  @Test
  void whatIsGrantedAfterwardsIsWantedBackToo() throws InterruptedException {
    Permits permits = permits(2, 9, 2);
    List<Lease> others =
        List.of(permits.acquire(THERE, cancellation), permits.acquire(THERE, cancellation));
    Queue<Lease> granted = new ConcurrentLinkedQueue<>();
    List<Threads> takers =
        Stream.generate(() -> Threads.start(() -> granted.add(permits.acquire(HERE, cancellation))))
            .limit(2)
            .toList();
    takers.forEach(Threads::awaitBlocked);
    permits.change(-2);
    assertThat(others).extracting(Lease::isRevoked).containsExactly(false, true);
    others.forEach(Lease::close);
    for (Threads taker : takers) {
      taker.join();
    }
    assertThat(granted).extracting(Lease::isRevoked).containsExactlyInAnyOrder(false, true);
  }

  /** Three threads hold a permit of their origin, but only one has a connection. */
  @Test
  void aThreadThatWaitsForAFileIsNoConnection() throws InterruptedException {
    Permits permits = permits(1, 9, 3);
    Lease lease = permits.acquire(HERE, cancellation);
    Threads first = Threads.start(() -> permits.acquire(HERE, cancellation));
    Threads second = Threads.start(() -> permits.acquire(HERE, cancellation));
    first.awaitBlocked();
    second.awaitBlocked();
    permits.change(-2);
    assertThat(lease.isRevoked()).isFalse();
    cancellation.cancel();
    first.join();
    second.join();
  }

  @Test
  void anOriginThatIsSlowedDownKeepsWhatItHasAndGetsHalfAfterwards() {
    Permits permits = permits(9, 9, 5);
    List<Lease> held = Stream.generate(() -> permits.acquire(HERE, cancellation)).limit(4).toList();
    permits.slowDown(HERE);
    assertThat(held).noneMatch(Lease::isRevoked);
    held.subList(0, 2).forEach(Lease::close);
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    held.get(2).close();
    assertThat(permits.tryAcquire(HERE, cancellation)).isPresent();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
    assertThat(permits.tryAcquire(THERE, cancellation)).isPresent();
  }

  /** During the pause nobody holds a permit of the origin. */
  @Test
  void itStaysSlowedDownWhileNobodyUsesIt() {
    Permits permits = permits(9, 9, 5);
    permits.acquire(HERE, cancellation).close();
    permits.slowDown(HERE);
    assertThat(permits.origins()).isZero();
    permits.acquire(HERE, cancellation);
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  @Test
  void aWaiterGetsWhatAnswersBringBack() throws InterruptedException {
    Permits permits = permits(9, 9, 5);
    permits.slowDown(HERE);
    Lease lease = permits.acquire(HERE, cancellation);
    Threads waiter = Threads.start(() -> permits.acquire(HERE, cancellation));
    waiter.awaitBlocked();
    for (int i = 0; i < SlowedOrigins.ANSWERS_FOR_ONE_MORE; i++) {
      lease.answered(Duration.ofMillis(1));
    }
    assertThat(waiter.join()).isNull();
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  @Test
  void aChangeOfTheLimitsDoesNotSpeedItUp() {
    Permits permits = permits(9, 9, 5);
    permits.slowDown(HERE);
    permits.acquire(HERE, cancellation);
    permits.change(3);
    assertThat(permits.tryAcquire(HERE, cancellation)).isEmpty();
  }

  /** A complete file that needs one last request waits behind one other at most. */
  @Test
  void whoFinishesGoesBeforeThoseThatHaveNotBegun() throws InterruptedException {
    Permits permits = permits(1, 9, 9);
    Queue<String> order = new ConcurrentLinkedQueue<>();
    Lease first = permits.acquire(HERE, cancellation);
    List<Threads> all = new ArrayList<>();
    for (String name : List.of("b", "c", "d", "e")) {
      Threads waiting = Threads.start(() -> take(permits.acquire(HERE, cancellation), name, order));
      waiting.awaitBlocked();
      all.add(waiting);
    }
    Threads finishing =
        Threads.start(() -> take(permits.acquireToFinish(HERE, cancellation), "finishing", order));
    finishing.awaitBlocked();
    first.close();
    finishing.join();
    for (Threads each : all) {
      each.join();
    }
    assertThat(order).startsWith("b", "finishing").endsWith("c", "d", "e");
  }

  private static void take(Lease lease, String name, Queue<String> order) {
    order.add(name);
    lease.close();
  }
}
