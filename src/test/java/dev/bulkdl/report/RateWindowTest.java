package dev.bulkdl.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateWindowTest {

  private final RateWindow window = new RateWindow(Duration.ofSeconds(1));

  @Test
  void hasNoRateBeforeTheFirstSample() {
    assertThat(window.perSecond()).isZero();
    assertThat(window.isFull()).isFalse();
  }

  @Test
  void beginsAtTimeZero() {
    window.add(Duration.ofMillis(500), 100);
    assertThat(window.perSecond()).isEqualTo(200);
    assertThat(window.isFull()).isFalse();
  }

  @Test
  void forgetsWhatLiesBeforeTheSpan() {
    window.add(Duration.ofSeconds(1), 1000);
    window.add(Duration.ofMillis(1500), 1000);
    window.add(Duration.ofSeconds(2), 1010);
    assertThat(window.isFull()).isTrue();
    assertThat(window.perSecond()).isEqualTo(10);
  }

  @Test
  void reachesBackAtLeastTheSpanWhenSamplesAreRare() {
    window.add(Duration.ofSeconds(10), 100);
    window.add(Duration.ofSeconds(30), 300);
    assertThat(window.perSecond()).isEqualTo(10);
  }

  @Test
  void leavesOutATimeThatDoesNotAdvance() {
    window.add(Duration.ofSeconds(1), 100);
    window.add(Duration.ofSeconds(1), 900);
    window.add(Duration.ofMillis(900), 900);
    assertThat(window.perSecond()).isEqualTo(100);
  }
}
