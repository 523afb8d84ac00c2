package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.control.Permits;
import dev.bulkdl.control.RunControl;
import dev.bulkdl.model.TargetName;
import dev.bulkdl.settings.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SteeringTest {

  private final Permits permits = new Permits(Limits.FIXED);
  private final RunControl control = new RunControl(permits);
  private final List<String> said = new ArrayList<>();
  private final Steering steering = new Steering(control, () -> said.add("stop"), said::add);

  private void press(Key key) {
    steering.on(key, Optional.empty());
  }

  @Test
  void pausesAndGoesOn() {
    press(Key.PAUSE);
    assertThat(control.isPaused()).isTrue();
    press(Key.PAUSE);
    assertThat(control.isPaused()).isFalse();
  }

  @Test
  void stopsAllThatGoesAlong() {
    press(Key.STOP);
    assertThat(said).containsExactly("stop");
  }

  @Test
  void cancelsTheChosenFileAndNoOther() {
    TargetName chosen = TargetName.of("chosen");
    try (var file = control.begin(chosen);
        var other = control.begin(TargetName.of("other"))) {
      press(Key.CANCEL);
      assertThat(file.cancellation().isCancelled()).isFalse();
      steering.on(Key.CANCEL, Optional.of(chosen));
      assertThat(file.cancellation().isCancelled()).isTrue();
      assertThat(other.cancellation().isCancelled()).isFalse();
    }
  }

  @Test
  void takesUpAgainWhatHasFailed() {
    try (var run = control.retryBy(() -> 7)) {
      press(Key.RETRY);
      assertThat(said).containsExactly("queued again: 7 files");
    }
    press(Key.RETRY);
    assertThat(said).last().asString().startsWith("nothing has failed");
  }

  @Test
  void endsTheWaitsForFurtherAttempts() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () ->
                    control
                        .retryWaits()
                        .await(
                            control.cancellation(),
                            () -> {
                              waits.countDown();
                              Thread.sleep(Duration.ofHours(1));
                            }));
    waits.await();
    press(Key.RETRY);
    waiting.join();
    assertThat(said).containsExactly("tried at once: 1 wait");
  }

  @Test
  void pausesTheChosenFileAndLetsItGoOn() {
    TargetName chosen = TargetName.of("chosen");
    try (var file = control.begin(chosen)) {
      steering.on(Key.PAUSE_FILE, Optional.of(chosen));
      assertThat(control.isPaused(chosen)).isTrue();
      assertThat(file.cancellation().isCancelled()).isTrue();
      steering.on(Key.PAUSE_FILE, Optional.of(chosen));
      assertThat(control.isPaused(chosen)).isFalse();
    }
  }

  @Test
  void otherKeysSteerNothing() {
    for (Key key : List.of(Key.UP, Key.HELP, Key.LOG, Key.OTHER)) {
      press(key);
    }
    assertThat(said).isEmpty();
    assertThat(control.isPaused() || control.isStopped()).isFalse();
  }
}
