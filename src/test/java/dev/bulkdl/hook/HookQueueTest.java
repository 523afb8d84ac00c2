package dev.bulkdl.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HookQueueTest {

  private final ConcurrentLinkedQueue<Integer> done = new ConcurrentLinkedQueue<>();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);

  private final HookQueue<Integer> queue =
      new HookQueue<>(
          2,
          3,
          piece -> {
            begun.release();
            mayEnd.acquireUninterruptibly();
            done.add(piece);
            if (piece < 0) {
              throw new IllegalStateException("a bug, as it should be in this test");
            }
          });

  private Thread adding(int piece) {
    return Thread.ofVirtual().start(() -> queue.add(piece));
  }

  /**
   * Two pieces are in work and three wait. The thread that adds a sixth waits until one of them
   * ends.
   */
  @Test
  void whoAddsMoreThanMayWaitWaits() throws InterruptedException {
    IntStream.range(0, 5).forEach(queue::add);
    begun.acquireUninterruptibly(2);
    Thread adder = adding(5);
    while (adder.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(begun.availablePermits()).isZero();
    mayEnd.release();
    adder.join();
    mayEnd.release(5);
    queue.awaitIdle();
    assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    assertThat(queue.skipped()).isZero();
  }

  @Test
  void afterAStopOnlyWhatHasBegunIsDone() throws InterruptedException {
    IntStream.range(0, 5).forEach(queue::add);
    begun.acquireUninterruptibly(2);
    List<Thread> adders = IntStream.range(5, 9).mapToObj(this::adding).toList();
    queue.stop();
    for (Thread adder : adders) {
      adder.join();
    }
    queue.add(9);
    mayEnd.release(10);
    queue.awaitIdle();
    assertThat(done).containsExactlyInAnyOrder(0, 1);
    assertThat(queue.skipped()).isEqualTo(8);
  }

  @Test
  void aBugInOnePieceHoldsUpNoOther() {
    mayEnd.release(10);
    IntStream.range(-3, 3).forEach(queue::add);
    queue.awaitIdle();
    assertThat(done).hasSize(6);
  }

  @Test
  void isIdleWithoutWork() {
    queue.awaitIdle();
    assertThat(done).isEmpty();
  }
}
