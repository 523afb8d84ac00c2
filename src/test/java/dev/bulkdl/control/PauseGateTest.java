package dev.bulkdl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.Hold;
import dev.bulkdl.settings.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PauseGateTest {

  private static final Hold BY_USER = Hold.byUser(Instant.EPOCH);
  private static final Hold NO_SPACE =
      new Hold(Hold.Reason.SPACE, "no space", Instant.EPOCH, Optional.empty());

  private final PauseGate gate = new PauseGate();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void isOpenAtFirst() {
    assertThat(gate.isClosed()).isFalse();
    gate.pass(cancellation);
  }

  @Test
  void holdsBackWhileItIsClosed() throws InterruptedException {
    gate.close(BY_USER);
    Threads passer = Threads.start(() -> gate.pass(cancellation));
    passer.awaitBlocked();
    gate.open(Hold.Reason.OPERATOR);
    assertThat(passer.join()).isNull();
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void letsEveryoneThroughWhenItOpens() throws InterruptedException {
    gate.close(BY_USER);
    Threads one = Threads.start(() -> gate.pass(cancellation));
    Threads other = Threads.start(() -> gate.pass(cancellation));
    one.awaitBlocked();
    other.awaitBlocked();
    gate.open(Hold.Reason.OPERATOR);
    assertThat(one.join()).isNull();
    assertThat(other.join()).isNull();
  }

  @Test
  void doesNotHoldBackWhatIsToStop() throws InterruptedException {
    gate.close(BY_USER);
    Threads passer = Threads.start(() -> gate.pass(cancellation));
    passer.awaitBlocked();
    cancellation.cancel();
    assertThat(passer.join()).isInstanceOf(CancellationException.class);
  }

  @Test
  void staysClosedUntilTheLastReasonIsGone() {
    gate.close(BY_USER);
    gate.close(NO_SPACE);
    assertThat(gate.open(Hold.Reason.OPERATOR)).contains(BY_USER);
    assertThat(gate.isClosed()).isTrue();
    assertThat(gate.holds()).containsExactly(NO_SPACE);
    assertThat(gate.open(Hold.Reason.OPERATOR)).isEmpty();
    assertThat(gate.open(Hold.Reason.SPACE)).contains(NO_SPACE);
    assertThat(gate.isClosed()).isFalse();
  }

  @Test
  void aRunReportsEachOfItsHoldsOnce() {
    RunControl control = new RunControl(new Permits(Limits.FIXED));
    List<String> seen = new ArrayList<>();
    control.pause();
    try (Cancellation.Registration reporting =
        control.reportHolds(
            hold -> seen.add("began " + hold.reason()),
            hold -> seen.add("ended " + hold.reason()))) {
      control.pause();
      control.hold(NO_SPACE);
      control.hold(NO_SPACE);
      control.resume();
      control.resume();
      assertThat(control.isPaused()).isTrue();
    }
    control.release(Hold.Reason.SPACE);
    assertThat(seen).containsExactly("began OPERATOR", "began SPACE", "ended OPERATOR");
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
