package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private final Timeline timeline = new Timeline(4, Duration.ofSeconds(1));

  private void add(String name, double from, double to, double amount) {
    timeline.add(name, at(from), at(to), amount);
  }

  private static Duration at(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds));
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(timeline.seconds()).isEmpty();
    assertThat(timeline.perSecond("a")).isEmpty();
    assertThat(timeline.total("a")).isZero();
  }

  @Test
  void spreadsAnAmountEvenly() {
    add("a", 0.5, 2.5, 20);
    assertThat(timeline.perSecond("a")).containsExactly(5.0, 10.0, 10.0);
    assertThat(timeline.seconds()).containsExactly(0.5, 1.5, 2.25);
    assertThat(timeline.total("a")).isEqualTo(20);
  }

  @Test
  void whatComesInNoTimeIsLeftOut() {
    add("a", 1, 1, 20);
    assertThat(timeline.names()).isEmpty();
  }

  @Test
  void doublesTheWidthOfAllSeriesWhenItIsFull() {
    add("a", 0, 4, 40);
    add("b", 0, 1, 8);
    add("a", 4, 5, 20);
    assertThat(timeline.seconds()).containsExactly(1.0, 3.0, 4.5);
    assertThat(timeline.perSecond("a")).containsExactly(10.0, 10.0, 20.0);
    assertThat(timeline.perSecond("b")).containsExactly(4.0, 0.0, 0.0);
  }

  /** Without this, a few milliseconds at the end would show a false peak. */
  @Test
  void aShortRestBelongsToTheLastBucket() {
    add("a", 0, 2, 20);
    add("a", 2, 2.25, 7);
    assertThat(timeline.seconds()).containsExactly(0.5, 1.625);
    assertThat(timeline.perSecond("a")).containsExactly(10.0, 17 / 1.25);
  }

  @Test
  void jumpsFarAhead() {
    add("a", 0, 1, 10);
    add("a", 1000, 1001, 10);
    assertThat(timeline.seconds()).hasSizeLessThanOrEqualTo(4);
    assertThat(timeline.total("a")).isCloseTo(20, within(1e-9));
  }

  @Property(tries = 300)
  void losesNothingAndNeverGrows(
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 5000) Integer> steps) {
    Timeline line = new Timeline(8, Duration.ofMillis(250));
    int from = 0;
    for (int step : steps) {
      line.add("a", Duration.ofMillis(from), Duration.ofMillis(from + step), step);
      from += step;
    }
    assertThat(line.seconds()).hasSizeLessThanOrEqualTo(8).isSorted();
    assertThat(line.perSecond("a")).allMatch(each -> Math.abs(each - 1000) < 1e-6);
    assertThat(line.total("a")).isCloseTo(from, within(1e-6));
    assertThat(IntStream.range(0, line.seconds().size()).mapToDouble(line.seconds()::get))
        .allMatch(second -> second >= 0);
  }
}
