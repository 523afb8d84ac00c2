package dev.bulkdl.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpeedFloorTest {

  private static final long SECOND = 1_000_000_000L;

  private final SpeedFloor floor = new SpeedFloor(OptionalLong.of(100), Duration.ofSeconds(10));

  @Test
  void acceptsASilentFirstWindow() {
    assertThat(floor.nanosToCheck()).isEqualTo(10 * SECOND);
    assertThat(floor.waitedFor(9 * SECOND)).isFalse();
    assertThat(floor.nanosToCheck()).isEqualTo(SECOND);
  }

  @Test
  void reportsAWindowWithTooFewBytes() {
    floor.received(999);
    assertThat(floor.waitedFor(10 * SECOND)).isTrue();
  }

  @Test
  void acceptsTheMinimumSpeed() {
    floor.received(1000);
    assertThat(floor.waitedFor(10 * SECOND)).isFalse();
  }

  @Test
  void eachWindowCountsForItself() {
    floor.received(1_000_000);
    assertThat(floor.waitedFor(10 * SECOND)).isFalse();
    floor.received(999);
    assertThat(floor.waitedFor(10 * SECOND)).isTrue();
  }

  @Test
  void addsUpShortWaits() {
    for (int i = 0; i < 9; i++) {
      assertThat(floor.waitedFor(SECOND)).isFalse();
    }
    assertThat(floor.waitedFor(SECOND)).isTrue();
  }

  @Test
  void acceptsEverythingWithoutAMinimum() {
    SpeedFloor none = new SpeedFloor(OptionalLong.empty(), Duration.ofSeconds(10));
    assertThat(none.waitedFor(Duration.ofDays(365).toNanos())).isFalse();
    assertThat(none.nanosToCheck()).isGreaterThan(Duration.ofDays(365).toNanos());
  }
}
