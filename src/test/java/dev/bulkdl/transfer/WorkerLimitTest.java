package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Threads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerLimitTest {
  private final AtomicLong now = new AtomicLong();

  private WorkerLimit crew(int most) {
    return new WorkerLimit(most, now::get);
  }

  @Test
  void theFirstIsAlwaysThere() {
    assertThat(crew(1).isFull()).isTrue();
    assertThat(crew(1).enter()).isFalse();
  }

  @Test
  void admitsAsManyAsMayBe() {
    WorkerLimit crew = crew(3);
    assertThat(crew.enter()).isTrue();
    assertThat(crew.isFull()).isFalse();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.isFull()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void aWorkerThatLeavesMayBeReplaced() {
    WorkerLimit crew = crew(2);
    crew.enter();
    crew.leave();
    assertThat(crew.enter()).isTrue();
  }

  @Test
  void aWorkerThatIsTurnedAwayIsNotReplaced() {
    WorkerLimit crew = crew(4);
    crew.enter();
    crew.enter();
    crew.admitNoMore(Duration.ZERO);
    crew.leave();
    assertThat(crew.enter()).isFalse();
    crew.leave();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void whatTurnedAwayMayBeOver() {
    WorkerLimit crew = crew(3);
    crew.enter();
    crew.admitNoMore(Duration.ZERO);
    crew.leave();
    crew.admitAgain();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void oneMoreMayComeOnTrialEachTimeThatSomeTimeIsOver() {
    WorkerLimit crew = crew(4);
    crew.enter();
    crew.enter();
    crew.admitNoMore(Duration.ofNanos(10));
    crew.leave();
    now.set(9);
    assertThat(crew.enter()).isFalse();
    now.set(10);
    assertThat(crew.isFull()).isFalse();
    assertThat(crew.enter()).isTrue();
    assertThat(crew.enter()).isFalse();
    now.set(20);
    assertThat(crew.enter()).isTrue();
    now.set(30);
    assertThat(crew.isFull()).isTrue();
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void whoCameOnTrialAndIsTurnedAwayLeavesItAsItWas() {
    WorkerLimit crew = crew(4);
    crew.enter();
    crew.admitNoMore(Duration.ofNanos(10));
    crew.leave();
    now.set(10);
    crew.enter();
    crew.admitNoMore(Duration.ofNanos(10));
    crew.leave();
    now.set(19);
    assertThat(crew.enter()).isFalse();
    now.set(20);
    assertThat(crew.enter()).isTrue();
  }

  @Test
  void nobodyComesOnTrialWhereThatIsFinal() {
    WorkerLimit crew = crew(4);
    crew.enter();
    crew.enter();
    crew.admitNoMore(Duration.ofNanos(10));
    crew.leave();
    crew.admitNoMore(Duration.ZERO);
    crew.leave();
    now.set(1_000);
    assertThat(crew.enter()).isFalse();
  }

  @Test
  void theFirstIsNeverTurnedAway() {
    WorkerLimit crew = crew(4);
    crew.admitNoMore(Duration.ZERO);
    crew.admitNoMore(Duration.ZERO);
    assertThat(crew.enter()).isFalse();
    assertThat(crew.isFull()).isTrue();
    crew.awaitAlone();
  }

  @Test
  void theFirstWaitsUntilAllOthersHaveLeft() throws InterruptedException {
    WorkerLimit crew = crew(3);
    crew.enter();
    crew.enter();
    Threads first = Threads.start(crew::awaitAlone);
    first.awaitBlocked();
    crew.leave();
    first.awaitBlocked();
    crew.leave();
    assertThat(first.join()).isNull();
  }
}
