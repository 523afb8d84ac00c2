package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DistributionTest {

  private final Histogram histogram = new Histogram(3);

  @Test
  void ofNothingIsEmpty() {
    assertThat(Distribution.ofGreatest("a", histogram, 1).odds()).isEmpty();
  }

  @Test
  void ofOneValueIsAPoint() {
    histogram.recordValue(1500);
    Distribution one = Distribution.ofGreatest("a", histogram, 1000);
    assertThat(one.odds()).containsExactly(1.0);
    assertThat(one.values()).containsExactly(1.5);
  }

  @Test
  void endsWithTheGreatest() {
    IntStream.rangeClosed(1, 1000).forEach(histogram::recordValue);
    Distribution greatest = Distribution.ofGreatest("a", histogram, 1);
    assertThat(greatest.odds()).isSorted().startsWith(1.0).endsWith(1000.0);
    assertThat(greatest.values()).isSorted().endsWith(1000.0);
    assertThat(greatest.values().get(12)).as("90 %").isCloseTo(900, within(1.0));
  }
}
