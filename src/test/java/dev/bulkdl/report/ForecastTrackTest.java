package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.event.RunProgress;
import java.time.Duration;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class ForecastTrackTest {

  private static final long WHOLE = 100_000;

  private final ForecastTrack track = new ForecastTrack();
  private long received;

  private static RunProgress run(Duration elapsed, long received, long expected, boolean paused) {
    return Samples.progress(elapsed, 5, new long[4], received, expected, paused);
  }

  /** Adds four samples, one second in all, at this rate. */
  private void second(int second, long rate) {
    second(second, rate, false);
  }

  private void second(int second, long rate, boolean paused) {
    for (int quarter = 1; quarter <= 4; quarter++) {
      received += rate / 4;
      Duration elapsed = Duration.ofMillis(1000L * second + 250L * quarter);
      track.add(run(elapsed, received, WHOLE - received, paused));
    }
  }

  private long left() {
    return track.forecast().eta().orElseThrow().toSeconds();
  }

  @Test
  void countsDownAtASteadyRate() {
    for (int i = 0; i < 40; i++) {
      second(i, 1000);
      if (i > 1) {
        assertThat(left()).isBetween(99L - i, 100L - i);
      }
    }
  }

  /**
   * The rate of each second varies from a tenth of the mean to twice the mean. The estimate hardly
   * moves.
   */
  @Test
  void doesNotJumpWithTheRate() {
    IntToLongFunction gusts = i -> new long[] {100, 2000, 1600, 300}[i % 4];
    for (int i = 0; i < 20; i++) {
      second(i, gusts.applyAsLong(i));
    }
    for (int i = 20; i < 60; i++) {
      long before = left();
      second(i, gusts.applyAsLong(i));
      assertThat(left()).isBetween(before - 4, before + 2);
    }
  }

  @Test
  void followsAChangeThatLasts() {
    for (int i = 0; i < 30; i++) {
      second(i, 1000);
    }
    for (int i = 30; i < 90; i++) {
      second(i, 500);
    }
    assertThat(left()).isBetween(75L, 85L);
  }

  @Test
  void isUnknownAtFirstAndWhileNothingCanBeSaid() {
    second(0, 1000);
    assertThat(track.forecast().eta()).isEmpty();
    second(1, 1000);
    assertThat(track.forecast().eta()).isPresent();
    track.add(Samples.progress(Duration.ofSeconds(3), -1, received, 0));
    assertThat(track.forecast().eta()).isEmpty();
    track.add(run(Duration.ofSeconds(4), received, 5, true));
    assertThat(track.forecast().eta()).isEmpty();
  }

  @Test
  void isUnknownWhenNothingComes() {
    second(0, 1000);
    second(1, 1000);
    for (int i = 2; i < 40; i++) {
      second(i, 0);
    }
    assertThat(track.forecast().eta()).isEmpty();
  }

  /** The last file waits for its next attempt. */
  @Test
  void isUnknownWhenAllThatIsLeftWaits() {
    for (int i = 0; i < 20; i++) {
      second(i, 1000);
    }
    second(20, 0);
    assertThat(track.forecast().eta()).isPresent();
    second(21, 0);
    second(22, 0);
    assertThat(track.forecast().eta()).isEmpty();
  }

  @Test
  void aPauseDoesNotSlowTheRate() {
    for (int i = 0; i < 20; i++) {
      second(i, 1000);
    }
    for (int i = 20; i < 60; i++) {
      second(i, 0, true);
    }
    second(60, 1000);
    assertThat(left()).isBetween(78L, 81L);
  }
}
