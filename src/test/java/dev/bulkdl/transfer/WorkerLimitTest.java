package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Threads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerLimitTest {
  private final AtomicLong now = new AtomicLong();

  private WorkerLimit limit(int most) {
    return new WorkerLimit(() -> most, now::get);
  }

  @Test
  void theFirstWorkerIsAlwaysPresent() {
    assertThat(limit(1).isFull()).isTrue();
    assertThat(limit(1).enter()).isFalse();
  }

  @Test
  void admitsUpToTheLimit() {
    WorkerLimit limit = limit(3);
    assertThat(limit.enter()).isTrue();
    assertThat(limit.isFull()).isFalse();
    assertThat(limit.enter()).isTrue();
    assertThat(limit.isFull()).isTrue();
    assertThat(limit.enter()).isFalse();
  }

  @Test
  void aWorkerThatLeavesCanBeReplaced() {
    WorkerLimit limit = limit(2);
    limit.enter();
    limit.leave();
    assertThat(limit.enter()).isTrue();
  }

  @Test
  void aRefusedWorkerIsNotReplaced() {
    WorkerLimit limit = limit(4);
    limit.enter();
    limit.enter();
    limit.stopAdmitting(Duration.ZERO);
    limit.leave();
    assertThat(limit.enter()).isFalse();
    limit.leave();
    assertThat(limit.enter()).isTrue();
    assertThat(limit.enter()).isFalse();
  }

  @Test
  void admittingCanResume() {
    WorkerLimit limit = limit(3);
    limit.enter();
    limit.stopAdmitting(Duration.ZERO);
    limit.leave();
    limit.resumeAdmitting();
    assertThat(limit.enter()).isTrue();
    assertThat(limit.enter()).isTrue();
    assertThat(limit.enter()).isFalse();
  }

  @Test
  void oneMoreEntersOnTrialAfterEachInterval() {
    WorkerLimit limit = limit(4);
    limit.enter();
    limit.enter();
    limit.stopAdmitting(Duration.ofNanos(10));
    limit.leave();
    now.set(9);
    assertThat(limit.enter()).isFalse();
    now.set(10);
    assertThat(limit.isFull()).isFalse();
    assertThat(limit.enter()).isTrue();
    assertThat(limit.enter()).isFalse();
    now.set(20);
    assertThat(limit.enter()).isTrue();
    now.set(30);
    assertThat(limit.isFull()).isTrue();
    assertThat(limit.enter()).isFalse();
  }

  @Test
  void aRefusedTrialChangesNothing() {
    WorkerLimit limit = limit(4);
    limit.enter();
    limit.stopAdmitting(Duration.ofNanos(10));
    limit.leave();
    now.set(10);
    limit.enter();
    limit.stopAdmitting(Duration.ofNanos(10));
    limit.leave();
    now.set(19);
    assertThat(limit.enter()).isFalse();
    now.set(20);
    assertThat(limit.enter()).isTrue();
  }

  @Test
  void thereIsNoTrialAfterAFinalRefusal() {
    WorkerLimit limit = limit(4);
    limit.enter();
    limit.enter();
    limit.stopAdmitting(Duration.ofNanos(10));
    limit.leave();
    limit.stopAdmitting(Duration.ZERO);
    limit.leave();
    now.set(1_000);
    assertThat(limit.enter()).isFalse();
  }

  @Test
  void theFirstWorkerIsNeverRefused() {
    WorkerLimit limit = limit(4);
    limit.stopAdmitting(Duration.ZERO);
    limit.stopAdmitting(Duration.ZERO);
    assertThat(limit.enter()).isFalse();
    assertThat(limit.isFull()).isTrue();
    limit.awaitAlone();
  }

  @Test
  void theFirstWorkerWaitsForAllOthers() throws InterruptedException {
    WorkerLimit limit = limit(3);
    limit.enter();
    limit.enter();
    Threads first = Threads.start(limit::awaitAlone);
    first.awaitBlocked();
    limit.leave();
    first.awaitBlocked();
    limit.leave();
    assertThat(first.join()).isNull();
  }
}
