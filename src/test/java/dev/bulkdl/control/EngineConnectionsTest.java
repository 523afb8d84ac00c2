package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.EngineConnections.Share;
import dev.bulkdl.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineConnectionsTest {

  private static final Origin HERE = new Origin("http", "here", 80);
  private static final Origin THERE = new Origin("http", "there", 80);

  private final Queue<String> granted = new ConcurrentLinkedQueue<>();

  private static EngineConnections connections(int inAll, int perOrigin) {
    return new EngineConnections(() -> new ConnectionLimits(inAll, perOrigin));
  }

  private static List<Releasable> take(Share share, int count) throws InterruptedException {
    List<Releasable> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(share.acquire(HERE, false));
    }
    return held;
  }

  private Threads waitFor(Share share, String name, boolean first) throws InterruptedException {
    Threads waiter =
        Threads.start(
            () -> {
              acquire(share, first);
              granted.add(name);
            });
    waiter.awaitWaiting();
    return waiter;
  }

  private static void acquire(Share share, boolean first) {
    try {
      Releasable unused = share.acquire(HERE, first);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A million rows do not count: one run has five files waiting, the other has two. */
  @Test
  void aFreeConnectionGoesToTheRunWithTheFewestForItsWeight() throws InterruptedException {
    EngineConnections connections = connections(4, 9);
    Share heavy = connections.share(300, origin -> false);
    Share light = connections.share(100, origin -> false);
    List<Releasable> held = take(heavy, 4);
    List<Threads> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(waitFor(heavy, "heavy", false));
    }
    all.add(waitFor(light, "light", false));
    all.add(waitFor(light, "light", false));
    for (Releasable each : held) {
      each.release();
      int count = 1 + held.indexOf(each);
      while (granted.size() < count) {
        Thread.onSpinWait();
      }
    }
    assertThat(granted).containsExactly("light", "heavy", "heavy", "heavy");
    assertThat(connections.used()).isEqualTo(4);
    all.forEach(Threads::interrupt);
  }

  @Test
  void aFileThatFinishesGoesBeforeOthersOfItsRun() throws InterruptedException {
    EngineConnections connections = connections(1, 9);
    Share share = connections.share(100, origin -> false);
    Releasable held = take(share, 1).getFirst();
    Threads other = waitFor(share, "other", false);
    Threads finishing = waitFor(share, "finishing", true);
    held.release();
    finishing.join();
    assertThat(granted).containsExactly("finishing");
    other.interrupt();
  }

  @Test
  void anOriginThatIsExhaustedHoldsUpNoOther() throws InterruptedException {
    EngineConnections connections = connections(9, 1);
    Share share = connections.share(100, origin -> false);
    Releasable held = take(share, 1).getFirst();
    Threads waiting = waitFor(share, "here", false);
    assertThat(share.tryAcquire(HERE)).isEmpty();
    assertThat(share.tryAcquire(THERE)).isPresent();
    assertThat(connections.isExhausted(HERE)).isTrue();
    held.release();
    assertThat(waiting.join()).isNull();
  }

  @Test
  void aRunWithMoreThanItsShareGivesConnectionsBackUntilBothHaveTheSame()
      throws InterruptedException {
    EngineConnections connections = connections(8, 9);
    List<Releasable> held = new ArrayList<>();
    CountDownLatch four = new CountDownLatch(4);
    Share rich =
        connections.share(
            100,
            origin -> {
              held.removeLast().release();
              four.countDown();
              return true;
            });
    Share poor = connections.share(100, origin -> false);
    held.addAll(take(rich, 8));
    List<Threads> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Threads waiter = Threads.start(() -> acquire(poor, false));
      assertThat(waiter.join()).isNull();
    }
    assertThat(four.getCount()).isZero();
    all.add(waitFor(poor, "poor", false));
    assertThat(held).hasSize(4);
    all.forEach(Threads::interrupt);
  }

  @Test
  void aCancelledWaitTakesNothing() throws InterruptedException {
    EngineConnections connections = connections(1, 1);
    Share share = connections.share(100, origin -> false);
    Releasable held = take(share, 1).getFirst();
    Threads waiting = waitFor(share, "here", false);
    waiting.interrupt();
    assertThat(waiting.join()).isInstanceOf(IllegalStateException.class);
    held.release();
    assertThat(connections.used()).isZero();
    assertThat(share.tryAcquire(HERE)).isPresent();
  }
}
