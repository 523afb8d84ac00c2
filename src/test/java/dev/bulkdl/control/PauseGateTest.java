package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Limits;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PauseGateTest {

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void isOpenAtFirst() {
    assertThat(gate.isClosed()).isFalse();
    gate.pass(cancellation);
  }

  @Test
  void holdsBackWhileItIsClosed() throws InterruptedException {
    gate.close();
    Threads passer = Threads.start(() -> gate.pass(cancellation));
    passer.awaitBlocked();
    gate.open();
    assertThat(passer.join()).isNull();
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void letsEveryoneThroughWhenItOpens() throws InterruptedException {
    gate.close();
    Threads one = Threads.start(() -> gate.pass(cancellation));
    Threads other = Threads.start(() -> gate.pass(cancellation));
    one.awaitBlocked();
    other.awaitBlocked();
    gate.open();
    assertThat(one.join()).isNull();
    assertThat(other.join()).isNull();
  }

  @Test
  void doesNotHoldBackWhatIsToStop() throws InterruptedException {
    gate.close();
    Threads passer = Threads.start(() -> gate.pass(cancellation));
    passer.awaitBlocked();
    cancellation.cancel();
    assertThat(passer.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void isWhatARunPausesAndResumes() {
    RunControl control = new RunControl(new Permits(Limits.FIXED));
    control.pause();
    assertThat(control.isPaused()).isTrue();
    assertThat(control.gate().isClosed()).isTrue();
    control.resume();
    assertThat(control.isPaused()).isFalse();
  }

  @Test
  void aRunThatIsStoppedStaysStopped() {
    RunControl control = new RunControl(new Permits(Limits.FIXED));
    assertThat(control.isStopped()).isFalse();
    control.stop();
    control.resume();
    assertThat(control.isStopped()).isTrue();
    assertThat(control.cancellation().isCancelled()).isTrue();
  }
}
