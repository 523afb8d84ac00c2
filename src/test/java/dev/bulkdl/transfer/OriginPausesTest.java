package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulkdl.control.Cancellation;
import dev.bulkdl.model.Hold;
import dev.bulkdl.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class OriginPausesTest {

  private static final Origin HERE = new Origin("http", "here", 80);
  private static final Origin THERE = new Origin("http", "there", 80);
  private static final Duration FIVE = Duration.ofSeconds(5);

  private final FakeRun run = new FakeRun();
  private final Cancellation cancellation = new Cancellation();
  private final OriginPauses pauses = new OriginPauses(run, run, () -> Instant.EPOCH);

  @Test
  void nothingIsPausedAtFirst() {
    assertThat(pauses.isPaused(HERE)).isFalse();
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).isEmpty();
  }

  @Test
  void holdsBackOnlyThatOrigin() throws InterruptedException {
    pauses.pause(HERE, FIVE, "503");
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
    pauses.pause(HERE, FIVE, "503");
    run.sleep(Duration.ofSeconds(2));
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).endsWith(Duration.ofSeconds(3));
  }

  @Test
  void returnsTheRemainingPauses() throws InterruptedException {
    pauses.pause(HERE, FIVE, "503");
    pauses.pause(THERE, FIVE.multipliedBy(2), "503");
    run.sleep(FIVE);
    Hold hold =
        new Hold(Hold.Reason.SERVER, "503", Instant.EPOCH, Optional.of(Instant.EPOCH.plus(FIVE)));
    assertThat(pauses.holds()).isEqualTo(Map.of(THERE, hold));
  }

  @Test
  void aLongerPauseStays() {
    pauses.pause(HERE, FIVE, "503");
    pauses.pause(HERE, Duration.ofSeconds(1), "503");
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).containsExactly(FIVE);
  }

  @Test
  void aPauseCanBecomeLonger() {
    pauses.pause(HERE, Duration.ofSeconds(1), "503");
    pauses.pause(HERE, FIVE, "503");
    pauses.pass(HERE, cancellation);
    assertThat(run.slept).containsExactly(FIVE);
  }

  @Test
  void endsByItself() throws InterruptedException {
    pauses.pause(HERE, FIVE, "503");
    run.sleep(FIVE);
    assertThat(pauses.isPaused(HERE)).isFalse();
  }

  @Test
  void aStopEndsTheWait() {
    pauses.pause(HERE, FIVE, "503");
    cancellation.cancel();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> pauses.pass(HERE, cancellation));
    assertThat(run.slept).isEmpty();
  }
}
