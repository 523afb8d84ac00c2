package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private final Latency latency = new Latency();

  @Test
  void isAllZeroWithoutAMeasurement() {
    assertThat(latency.summary()).isEqualTo(LatencySummary.EMPTY);
  }

  @Test
  void isInMillisecondsToThreeDigits() {
    IntStream.rangeClosed(1, 1000).forEach(i -> latency.record(Duration.ofMillis(i)));
    LatencySummary summary = latency.summary();
    assertThat(summary.count()).isEqualTo(1000);
    assertThat(summary.min()).isCloseTo(1, within(0.001));
    assertThat(summary.mean()).isCloseTo(500.5, within(0.5));
    assertThat(summary.p50()).isCloseTo(500, within(0.5));
    assertThat(summary.p90()).isCloseTo(900, within(0.9));
    assertThat(summary.p99()).isCloseTo(990, within(1.0));
    assertThat(summary.p999()).isCloseTo(999, within(1.0));
    assertThat(summary.max()).isCloseTo(1000, within(1.0));
  }

  @Test
  void keepsWhatAnEarlierSummaryHasSeen() {
    latency.record(Duration.ofMillis(1));
    assertThat(latency.summary().count()).isEqualTo(1);
    latency.record(Duration.ofMillis(2));
    assertThat(latency.summary().count()).isEqualTo(2);
  }

  @Test
  void takesAnyDuration() {
    latency.record(Duration.ZERO);
    latency.record(Duration.ofMillis(-1));
    latency.record(Duration.ofSeconds(Long.MAX_VALUE));
    LatencySummary summary = latency.summary();
    assertThat(summary.count()).isEqualTo(3);
    assertThat(summary.min()).isZero();
    double week = Duration.ofDays(7).toMillis();
    assertThat(summary.max()).isCloseTo(week, within(week / 1000));
  }
}
