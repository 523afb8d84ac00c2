package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkdl.model.ByteRanges.Span;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A set of bytes as ranges is the same set as one of bits. */
class ByteRangesProperties {

  private static final int FILE = 100;

  record Range(int start, int end) {}

  @Provide
  Arbitrary<Range> ranges() {
    Arbitrary<Integer> position = Arbitraries.integers().between(0, FILE);
    return Combinators.combine(position, position).as(Range::new);
  }

  @Property
  void holdsJustTheBytesThatWereAdded(@ForAll @Size(max = 20) List<@From("ranges") Range> ranges) {
    assertThat(bits(spans(ranges))).isEqualTo(model(ranges));
  }

  @Property
  void doesNotDependOnTheOrder(@ForAll @Size(max = 20) List<@From("ranges") Range> ranges) {
    assertThat(spans(ranges.reversed())).isEqualTo(spans(ranges));
  }

  @Property
  void countsAndCutsAsASetDoes(
      @ForAll @Size(max = 20) List<@From("ranges") Range> ranges,
      @ForAll @IntRange(min = 0, max = FILE + 10) int end) {
    ByteRanges spans = spans(ranges);
    BitSet model = model(ranges);
    assertThat(spans.bytes()).isEqualTo(model.cardinality());
    assertThat(spans.prefixLength()).isEqualTo(model.nextClearBit(0));
    assertThat(bits(spans.before(end))).isEqualTo(model.get(0, end));
  }

  @Property
  void theGapsAreTheRest(
      @ForAll @Size(max = 20) List<@From("ranges") Range> ranges,
      @ForAll @IntRange(min = 1, max = FILE + 10) int end) {
    BitSet rest = new BitSet();
    rest.set(0, end);
    rest.andNot(model(ranges));
    assertThat(bits(new ByteRanges(spans(ranges).gapsBefore(end)))).isEqualTo(rest);
  }

  private static ByteRanges spans(List<Range> ranges) {
    ByteRanges spans = ByteRanges.EMPTY;
    for (Range range : ranges) {
      spans = spans.plus(range.start(), range.end());
    }
    return spans;
  }

  private static BitSet model(List<Range> ranges) {
    BitSet bits = new BitSet();
    ranges.stream()
        .filter(range -> range.end() > range.start())
        .forEach(range -> bits.set(range.start(), range.end()));
    return bits;
  }

  private static BitSet bits(ByteRanges spans) {
    BitSet bits = new BitSet();
    for (Span span : spans.list()) {
      bits.set((int) span.start(), (int) span.end());
    }
    return bits;
  }
}
