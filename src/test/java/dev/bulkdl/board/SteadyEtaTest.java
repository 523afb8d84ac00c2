package dev.bulkdl.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class SteadyEtaTest {

  private static final long WHOLE = 100_000;

  private final SteadyEta eta = new SteadyEta();
  private long received;

  /** Adds four samples, one second in all, at this rate. */
  private void second(int second, long rate) {
    for (int quarter = 1; quarter <= 4; quarter++) {
      received += rate / 4;
      eta.add(
          Duration.ofMillis(1000L * second + 250L * quarter),
          received,
          OptionalLong.of(WHOLE - received),
          false);
    }
  }

  private long left() {
    return eta.left().orElseThrow().toSeconds();
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
    assertThat(eta.left()).isEmpty();
    second(1, 1000);
    assertThat(eta.left()).isPresent();
    eta.add(Duration.ofSeconds(3), received, OptionalLong.empty(), false);
    assertThat(eta.left()).isEmpty();
    eta.add(Duration.ofSeconds(4), received, OptionalLong.of(5), true);
    assertThat(eta.left()).isEmpty();
  }

  @Test
  void isUnknownWhenNothingComes() {
    second(0, 1000);
    second(1, 1000);
    for (int i = 2; i < 40; i++) {
      second(i, 0);
    }
    assertThat(eta.left()).isEmpty();
  }
}
