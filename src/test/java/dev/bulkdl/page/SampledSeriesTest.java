package dev.bulkdl.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SampledSeriesTest {

  @Property(tries = 300)
  void keepsEveryNthFromTheFirstOn(
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @IntRange(max = 2000) int offered) {
    SampledSeries<Long> thinned = new SampledSeries<>(2 * capacity);
    LongStream.range(0, offered).forEach(thinned::offer);
    long every = thinned.every();
    List<Long> expected = LongStream.range(0, offered).filter(i -> i % every == 0).boxed().toList();
    assertThat(thinned.kept()).isEqualTo(expected).hasSizeLessThanOrEqualTo(2 * capacity);
    assertThat(thinned.offered()).isEqualTo(offered);
    assertThat(every == 1 || offered > capacity * every).isTrue();
  }
}
