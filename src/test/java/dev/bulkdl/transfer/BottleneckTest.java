package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BottleneckTest {

  /** An arbitrary moment; the clock can overflow. */
  private long now = Long.MAX_VALUE - 30_000_000;

  private long waited;
  private final Bottleneck bottleneck = new Bottleneck(() -> now, false);

  /**
   * Returns the result after this number of milliseconds, some of them spent waiting, and enough
   * buffers to be judged.
   */
  private boolean after(long millis, long ofWhichWaited) {
    for (int i = 1; i < Bottleneck.MIN_BUFFERS; i++) {
      bottleneck.isNetwork(waited);
    }
    return next(millis, ofWhichWaited);
  }

  private boolean next(long millis, long ofWhichWaited) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    waited += TimeUnit.MILLISECONDS.toNanos(ofWhichWaited);
    return bottleneck.isNetwork(waited);
  }

  @Test
  void beforeTheFirstWindowTheInitialValueCounts() {
    Bottleneck believed = new Bottleneck(() -> now, true);
    assertThat(after(49, 49)).isFalse();
    assertThat(believed.isNetwork(0)).isTrue();
    assertThat(after(1, 1)).isTrue();
  }

  @Test
  void atLeastHalfOfTheWindowMustBeWaiting() {
    assertThat(after(50, 25)).isTrue();
    assertThat(after(50, 24)).isFalse();
  }

  @Test
  void everyWindowIsJudgedByItself() {
    assertThat(after(50, 50)).isTrue();
    assertThat(after(25, 0)).isTrue();
    assertThat(after(25, 0)).isFalse();
    assertThat(after(49, 49)).isFalse();
    assertThat(after(1, 1)).isTrue();
  }

  @Test
  void aLongWaitForOneBufferIsAWindow() {
    assertThat(after(50, 0)).isFalse();
    assertThat(next(60_000, 59_999)).isTrue();
  }

  @Test
  void aSlowWindowWithFewBuffersDoesNotChangeTheResult() {
    assertThat(next(50, 50)).isTrue();
    for (int i = 1; i < Bottleneck.MIN_BUFFERS; i++) {
      assertThat(next(1_000, 0)).isTrue();
    }
    assertThat(next(1_000, 0)).isFalse();
  }
}
