package dev.bulkdl.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  /** An arbitrary moment; the clock can overflow. */
  private static final long START = Long.MAX_VALUE - 700_000_000;

  private final Throughput pace = new Throughput(START);

  private static long after(long millis) {
    return START + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void theFirstMomentsGiveNoRate() {
    pace.received(1_000, after(249));
    assertThat(pace.rate(after(249))).isZero();
    assertThat(pace.rate(after(250))).isEqualTo(4_000);
  }

  @Test
  void aNewMeasurementIsNotSettled() {
    assertThat(pace.isSettled(after(999))).isFalse();
    assertThat(pace.isSettled(after(1_000))).isTrue();
  }

  @Test
  void waitingForTheFirstByteCounts() {
    pace.received(1_000, after(500));
    assertThat(pace.rate(after(500))).isEqualTo(2_000);
  }

  @Test
  void aConnectionThatHangsLosesItsRate() {
    for (int millis = 100; millis <= 10_000; millis += 100) {
      pace.received(100_000, after(millis));
    }
    assertThat(pace.rate(after(10_000))).isEqualTo(1_000_000);
    assertThat(pace.rate(after(19_000))).isLessThan(200_000);
  }

  @Test
  void aConnectionThatBecomesFastShowsItWithinTwoSeconds() {
    for (int millis = 100; millis <= 10_000; millis += 100) {
      pace.received(millis <= 8_000 ? 100 : 100_000, after(millis));
    }
    assertThat(pace.rate(after(10_000))).isEqualTo(1_000_000);
  }
}
