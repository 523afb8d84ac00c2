package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class OriginPausesTest {

  private static final Origin HERE = new Origin("http", "here", 80);
  private static final Origin THERE = new Origin("http", "there", 80);
  private static final Duration FIVE = Duration.ofSeconds(5);

  private final FakeRun run = new FakeRun();
  private final Cancellation cancellation = new Cancellation();
  private final OriginPauses pauses = new OriginPauses(run, run);

  @Test
  void nothingIsPausedAtFirst() {
    assertThat(pauses.isPaused(HERE)).isFalse();
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).isEmpty();
  }

  @Test
  void holdsBackOnlyThatOrigin() throws InterruptedException {
    pauses.pause(HERE, FIVE);
    assertThat(pauses.isPaused(HERE)).isTrue();
    assertThat(pauses.isPaused(THERE)).isFalse();
    pauses.pass(THERE, cancellation);
    assertThat(run.slept).isEmpty();
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).containsExactly(FIVE);
    assertThat(pauses.isPaused(HERE)).isFalse();
  }

  @Test
  void waitsOnlyForTheRemainingPause() throws InterruptedException {
    pauses.pause(HERE, FIVE);
    run.sleep(Duration.ofSeconds(2));
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).endsWith(Duration.ofSeconds(3));
  }

  @Test
  void returnsTheRemainingPauses() throws InterruptedException {
    pauses.pause(HERE, FIVE);
    pauses.pause(THERE, FIVE.multipliedBy(2));
    run.sleep(FIVE);
    assertThat(pauses.left()).isEqualTo(Map.of(THERE, FIVE));
  }

  @Test
  void aLongerPauseStays() {
    pauses.pause(HERE, FIVE);
    pauses.pause(HERE, Duration.ofSeconds(1));
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).containsExactly(FIVE);
  }

  @Test
  void aPauseCanBecomeLonger() {
    pauses.pause(HERE, Duration.ofSeconds(1));
    pauses.pause(HERE, FIVE);
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).containsExactly(FIVE);
  }

  @Test
  void endsByItself() throws InterruptedException {
    pauses.pause(HERE, FIVE);
    run.sleep(FIVE);
    assertThat(pauses.isPaused(HERE)).isFalse();
  }

  @Test
  void aStopEndsTheWait() {
    pauses.pause(HERE, FIVE);
    cancellation.cancel();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> pauses.pass(HERE, cancellation));
    assertThat(run.slept).isEmpty();
  }
}
