package dev.bulkdl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulkdl.model.ByteRanges.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteRangesTest {

  private static ByteRanges spans(long... ends) {
    ByteRanges spans = ByteRanges.EMPTY;
    for (int i = 0; i < ends.length; i += 2) {
      spans = spans.plus(ends[i], ends[i + 1]);
    }
    return spans;
  }

  @Test
  void joinsWhatTouchesOrOverlaps() {
    assertThat(spans(0, 5, 5, 9)).isEqualTo(ByteRanges.prefix(9));
    assertThat(spans(0, 5, 10, 15, 4, 11)).isEqualTo(ByteRanges.prefix(15));
    assertThat(spans(10, 20, 0, 5).list()).containsExactly(new Span(0, 5), new Span(10, 20));
  }

  @Test
  void anEmptyRangeAddsNothing() {
    assertThat(spans(3, 3, 5, 4)).isEqualTo(ByteRanges.EMPTY);
    assertThat(ByteRanges.prefix(0)).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void countsTheBeginningThatHasNoGap() {
    assertThat(spans(0, 5, 6, 9).prefixLength()).isEqualTo(5);
    assertThat(spans(1, 5).prefixLength()).isZero();
    assertThat(ByteRanges.EMPTY.prefixLength()).isZero();
  }

  @Test
  void findsTheGaps() {
    assertThat(spans(2, 4, 6, 8).gapsBefore(10))
        .containsExactly(new Span(0, 2), new Span(4, 6), new Span(8, 10));
    assertThat(spans(2, 8).gapsBefore(5)).containsExactly(new Span(0, 2));
    assertThat(ByteRanges.prefix(5).gapsBefore(5)).isEmpty();
    assertThat(ByteRanges.EMPTY.gapsBefore(Long.MAX_VALUE))
        .containsExactly(new Span(0, Long.MAX_VALUE));
  }

  @Test
  void cutsOffWhatLiesBehind() {
    assertThat(spans(0, 5, 8, 12).before(10)).isEqualTo(spans(0, 5, 8, 10));
    assertThat(spans(0, 5, 8, 12).before(8)).isEqualTo(ByteRanges.prefix(5));
    assertThat(spans(3, 5).before(0)).isEqualTo(ByteRanges.EMPTY);
  }

  @Test
  void refusesListsThatAreNotSetsOfBytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(5, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Span(-1, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ByteRanges(List.of(new Span(0, 5), new Span(5, 6))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ByteRanges(List.of(new Span(6, 9), new Span(0, 5))));
  }
}
