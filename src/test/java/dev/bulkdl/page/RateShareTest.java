package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RateShareTest {

  private final Histogram rates = new Histogram(3);

  @Test
  void ofNothingIsEmpty() {
    assertThat(RateShare.of(rates)).isEmpty();
  }

  @Test
  void saysWhichPartOfTheTimeWasHowFast() {
    rates.recordValueWithCount(1500, 30);
    rates.recordValueWithCount(3000, 50);
    rates.recordValueWithCount(9000, 20);
    assertThat(RateShare.of(rates))
        .containsExactly(
            new RateShare(1024, 2048, 0.3),
            new RateShare(2048, 4096, 0.5),
            new RateShare(4096, 8192, 0),
            new RateShare(8192, 16384, 0.2));
  }

  @Test
  void hasFewRangesAndLosesNothing() {
    for (int bit = 0; bit < 40; bit++) {
      rates.recordValue(1L << bit);
      rates.recordValue((1L << bit) - 1);
    }
    assertThat(RateShare.of(rates)).hasSizeBetween(6, 12);
    assertThat(RateShare.of(rates).stream().mapToDouble(RateShare::share).sum())
        .isCloseTo(1, within(1e-9));
  }
}
